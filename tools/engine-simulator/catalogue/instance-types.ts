export interface SimInstanceType {
  id: string;
  name: string;
  /** Of its description, where that is not its name. */
  title?: string;
  memoryMib: number;
  sockets: number;
}

/** Those that every engine has; their ids are the same everywhere. */
export const INSTANCE_TYPES: readonly SimInstanceType[] = [
  { id: '00000009-0009-0009-0009-0000000000f1', name: 'Large', memoryMib: 8192, sockets: 2 },
  { id: '00000007-0007-0007-0007-00000000010a', name: 'Medium', memoryMib: 4096, sockets: 2 },
  { id: '00000005-0005-0005-0005-0000000002e6', name: 'Small', memoryMib: 2048, sockets: 1 },
  { id: '00000003-0003-0003-0003-0000000000be', name: 'Tiny', memoryMib: 512, sockets: 1 },
  { id: '0000000b-000b-000b-000b-00000000021f', name: 'XLarge', title: 'Extra Large', memoryMib: 16384, sockets: 4 },
];
