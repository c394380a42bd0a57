/** A place in a JSON document: property names and indexes from the root. */
export type JsonPath = readonly (string | number)[];
