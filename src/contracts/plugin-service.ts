/** One element of `GET {base}/hosts?search=…&format=json`, Foreman's array of old; the plugin reads no more of it. */
export interface LegacyHost {
  host: { id: number; name: string; uuid: string | null };
}

/** Body of every refused `POST {base}/users/login` to an XHR caller (401, 403, 429, 503). */
export interface LoginRefusal {
  error: {
    /** A sentence for the person. */
    message: string;
    /** Machine-readable, e.g. `owner_mismatch`. */
    reason?: string;
  };
}
