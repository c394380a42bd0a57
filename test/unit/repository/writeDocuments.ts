// Writes the tables of the documents anew, as manifest and catalogue have them.
import { readFileSync, writeFileSync } from 'node:fs';
import { documentsWithTables, withTables } from './documentTables';

for (const file of documentsWithTables) writeFileSync(file, withTables(file, readFileSync(file, 'utf8')));
