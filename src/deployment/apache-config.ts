import type { ProxyConfig, ProxyOptions } from './proxy-config';
import { serviceSettings } from './service-settings';

/** Sorts before the engine's own `ovirt-engine.conf` (3.2, which takes every path) and `z-ovirt-engine-proxy.conf`. */
const PATH = '/etc/httpd/conf.d/foreman-ovirt.conf';

/** For Apache httpd 2.2 (mod_headers and mod_proxy_http) to 2.4; one file for the HTTP and the HTTPS virtual host. */
export function apacheConfig(options: ProxyOptions): ProxyConfig {
  const { basePath, service, clientCertificates } = options;
  const text = `# foreman-ovirt on webadmin's origin, for the engine's Apache httpd: ${PATH}
# It applies to every virtual host, HTTP and HTTPS. The name matters: files are read in the order of their names, and
# this one must come before the engine's own (z-ovirt-engine-proxy.conf, in oVirt 3.2 ovirt-engine.conf).
#
# Needs mod_proxy, mod_proxy_http, mod_headers and mod_ssl: loaded on an engine's machine; on Debian
#   a2enmod proxy proxy_http headers ssl
# With SELinux:
#   setsebool -P httpd_can_network_connect 1
# Then:
#   apachectl configtest && systemctl reload httpd
#
${serviceSettings(options)}

<Location "${basePath}">
  # retry=0: ask again at once after the service was away, as in a restart.
  # ttl: idle connections are given up before the service closes them.
  ProxyPass "${service}${basePath}" retry=0 timeout=60 ttl=60
  ProxyPassReverse "${service}${basePath}"

  # What the service believes of the request comes from here alone. mod_proxy adds the client's address and the host
  # that was asked for to these headers; whatever the client sent in them goes first.
  RequestHeader unset Forwarded
  RequestHeader unset X-Forwarded-For
  RequestHeader unset X-Forwarded-Host
  RequestHeader unset X-Forwarded-Server
  RequestHeader unset X-Forwarded-Port
  RequestHeader set X-Forwarded-Proto "http"
  RequestHeader set X-Forwarded-Proto "https" env=HTTPS

${clientCertificates ? CERTIFICATES : NO_CERTIFICATES}
</Location>
${clientCertificates ? TLS : ''}`;
  return { path: PATH, text };
}

const NO_CERTIFICATES = `  # Nobody may claim to hold a client certificate.
  RequestHeader unset SSL_CLIENT_VERIFY
  RequestHeader unset SSL_CLIENT_S_DN`;

const CERTIFICATES = `  # Whose certificate the TLS layer verified; "(null)" over HTTP. Always set, so that no client can bring its own.
  RequestHeader set SSL_CLIENT_VERIFY "%{SSL_CLIENT_VERIFY}s"
  RequestHeader set SSL_CLIENT_S_DN "%{SSL_CLIENT_S_DN}s"`;

const TLS = `
# Client certificates are asked for by the virtual host that ends TLS. Add to it (on an engine in conf.d/ssl.conf):
#
#   SSLCACertificateFile /etc/puppetlabs/puppet/ssl/certs/ca.pem
#   SSLVerifyClient optional
#   SSLVerifyDepth 2
#
# Everyone whom that authority certified may upload for the host of their certificate's name. An engine's ssl.conf
# may name the engine's own authority there, which certifies hypervisors: use a virtual host on another port then.
# See docs/reverse-proxy.md.
`;
