/**
 * Gives the process globals of a browser: all unit tests run in one, and each leaves it as it was.
 * @param values  by name; a getter may refuse @returns what puts back the globals that were there
 */
export function setGlobals(values: object): () => void {
  const before = Object.keys(values).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const [name, value] of Object.entries(Object.getOwnPropertyDescriptors(values)))
    Object.defineProperty(globalThis, name, { ...value, configurable: true });
  return () => {
    for (const [name, value] of before) {
      if (value) Object.defineProperty(globalThis, name, value);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}
