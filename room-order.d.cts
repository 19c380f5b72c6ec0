declare const roomOrder: readonly (readonly string[])[];
export = roomOrder;
