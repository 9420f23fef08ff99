/** Code of one's own, which this server alone has. */

/** @param name  of an optimizer or a surface */
export const isOwn = (name: string | undefined): boolean => name?.startsWith("own.") === true;
