import { AddressRanges, isAddressOrRange, isPublicAddress, networkOf, plainAddress } from './ip-address';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['::192.0.2.1', '::192.0.2.1'],
  ['64:ff9b::192.0.2.1', '64:ff9b::192.0.2.1'],
  ['', ''],
])('plainAddress of %s', (text, plain) => {
  expect(plainAddress(text)).toBe(plain);
});

it('networkOf tells IPv4 addresses apart, and of IPv6 the /64', () => {
  expect(networkOf('::ffff:192.0.2.1')).toBe(networkOf('192.0.2.1'));
  expect(networkOf('192.0.2.1')).not.toBe(networkOf('192.0.2.2'));
  expect(networkOf('2001:db8::1')).toBe(networkOf('2001:db8:0:0:ffff::'));
  expect(networkOf('64:ff9b::192.0.2.1')).toBe(networkOf('64:ff9b::c000:201'));
  expect(networkOf('::192.0.2.1')).toBe(networkOf('::1'));
  expect(networkOf('fe80::192.0.2.1%eth0')).not.toBe(networkOf('2001:db8::1'));
  expect(networkOf('2001:db8::1')).not.toBe(networkOf('2001:db8:0:1::1'));
});

it.each([
  ['192.0.2.1', true],
  ['192.0.2.0/24', true],
  ['0.0.0.0/0', true],
  ['2001:db8::/32', true],
  ['::ffff:10.0.0.0/104', true],
  ['192.0.2.0/33', false],
  ['2001:db8::/129', false],
  ['::ffff:10.0.0.0/95', false],
  ['192.0.2.0/', false],
  ['192.0.2.0/24/8', false],
  ['127.1', false],
  ['0x7f000001', false],
  ['engine.example.com', false],
  ['', false],
])('isAddressOrRange of %s', (text, expected) => {
  expect(isAddressOrRange(text)).toBe(expected);
});

it.each([
  ['192.0.2.77', true],
  ['::ffff:192.0.2.77', true],
  ['192.0.3.1', false],
  ['203.0.113.9', true],
  ['2001:db8:1::', true],
  ['2001:db9::', false],
  ['10.1.2.3', true],
  ['', false],
])('AddressRanges has %s', (address, expected) => {
  const ranges = new AddressRanges(['192.0.2.0/24', '203.0.113.9', '2001:db8::/32', '::ffff:10.0.0.0/104']);
  expect(ranges.has(address)).toBe(expected);
});

describe('isPublicAddress', () => {
  it.each(['93.184.215.14', '2606:2800:21f:cb07::1', '64:ff9b::5db8:d70e'])('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '192.0.0.192',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:0:10.0.0.1',
    '64:ff9b::10.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'fd00:ec2::254',
    'ff02::1',
    '2002:7f00:1::',
    '2001:db8::1',
    'localhost',
    '',
  ])('refuses %j', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
