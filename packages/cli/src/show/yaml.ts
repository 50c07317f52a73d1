/**
 * Writes data as YAML that parsers of YAML 1.1 and of YAML 1.2 read alike. Texts that either
 * version reads as another type, such as `on`, are quoted. Characters that would control a terminal
 * are escaped.
 */
import { Document, visit } from 'yaml'
import { printableLines } from './printable-lines.js'

/** The value, without the last line break; fields without a value are left out. */
export const yamlText = (value: object): string => {
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && printableLines(node.value) !== node.value)
        node.type = 'QUOTE_DOUBLE'
    },
  })
  return printableLines(document.toString({ lineWidth: 0 })).trimEnd()
}
