import type { ProxyConfig, ProxyOptions } from './proxy-config';
import { serviceSettings } from './service-settings';

const PATH = '/etc/nginx/snippets/foreman-ovirt.conf';

/** Locations to include in the `server` blocks of webadmin's origin. */
export function nginxConfig(options: ProxyOptions): ProxyConfig {
  const { basePath, service, clientCertificates } = options;
  const text = `# foreman-ovirt on webadmin's origin, for nginx: ${PATH}
# Include it in each server block of that origin, HTTP and HTTPS; "^~" puts it before regular expressions there:
#   include snippets/foreman-ovirt.conf;
#
# With SELinux:
#   setsebool -P httpd_can_network_connect 1
# Then:
#   nginx -t && systemctl reload nginx
#
${serviceSettings(options)}

location = ${basePath} {
  absolute_redirect off;
  return 302 ${basePath}/;
}

location ^~ ${basePath}/ {
  # Without a path: the address goes on as it came, "%" and all.
  proxy_pass ${service};
  proxy_redirect off;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_connect_timeout 5s;
  proxy_read_timeout 60s;

  # Largest upload; the service has its own limit, MAX_BODY_MB.
  client_max_body_size 10m;

  # What the service believes of the request comes from here alone: each header is replaced, not added to.
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header X-Forwarded-Server "";
  proxy_set_header X-Forwarded-Port "";
  proxy_set_header Forwarded "";

${clientCertificates ? CERTIFICATES : NO_CERTIFICATES}
}
${clientCertificates ? TLS : ''}`;
  return { path: PATH, text };
}

const NO_CERTIFICATES = `  # Nobody may claim to hold a client certificate.
  proxy_set_header SSL_CLIENT_VERIFY "";
  proxy_set_header SSL_CLIENT_S_DN "";`;

const CERTIFICATES = `  # Whose certificate the TLS layer verified; empty over HTTP. Always set, so that no client can bring its own.
  proxy_set_header SSL_CLIENT_VERIFY $ssl_client_verify;
  proxy_set_header SSL_CLIENT_S_DN $ssl_client_s_dn;`;

const TLS = `
# Client certificates are asked for by the server block that ends TLS. Add to it:
#
#   ssl_client_certificate /etc/puppetlabs/puppet/ssl/certs/ca.pem;
#   ssl_verify_client optional;
#   ssl_verify_depth 2;
#
# Everyone whom that authority certified may upload for the host of their certificate's name.
`;
