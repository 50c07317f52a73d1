/**
 * Writes data as YAML that parsers of YAML 1.1 and of YAML 1.2 read alike: what either takes for
 * something else than a text, such as `on`, is quoted.
 */
import { stringify } from 'yaml'

/** The value, without the last line break; fields without a value are left out. */
export const yamlText = (value: object): string =>
  stringify(value, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 }).trimEnd()
