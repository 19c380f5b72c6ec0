import { hostLink, hostsLink } from './page-links';

const urls = { url: (path: string) => `/foreman${path}` };

it('hostsLink keeps the search whole', () => {
  expect(hostsLink(urls, 'name = "a&b" and os = c++')).toBe(
    '/foreman/hosts?search=name%20%3D%20%22a%26b%22%20and%20os%20%3D%20c%2B%2B',
  );
});

it('hostsLink without a search leads to all hosts', () => {
  expect(hostsLink(urls, '')).toBe('/foreman/hosts');
});

it('hostLink encodes what a host name may hold', () => {
  expect(hostLink(urls, 'büro 1%?#')).toBe('/foreman/hosts/b%C3%BCro%201%25%3F%23/ovirt');
});
