/** Whether this is the whole run (`--thorough`) rather than the short one of every change. */
export const isThorough = process.env['TEST_THOROUGH'] !== undefined;
