/** Where a device keeps who was here last and has not signed out (ui/durable-storage.ts). */
export const personSlot = 'session.person';
