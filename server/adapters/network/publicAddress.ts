import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Everything of IPv4 that is this machine, its network, its provider's services, or nobody's. */
const own = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  own.addSubnet(network, prefix, 'ipv4');

/** Of IPv6 only what is given out is public, and of that not what stands for IPv4 or for examples. */
const given = new BlockList();
given.addSubnet('2000::', 3, 'ipv6');
const notGiven = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notGiven.addSubnet(network, prefix, 'ipv6');

/** Whether an address is that of a machine on the internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !own.check(address, 'ipv4');
  return isIPv6(address) && given.check(address, 'ipv6') && !notGiven.check(address, 'ipv6');
}
