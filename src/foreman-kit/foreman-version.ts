/** The Foreman whose API we speak: clients compare it before they talk on (oVirt: ForemanHostProviderProxy.java). */
export const FOREMAN_VERSION = '3.13.0';
