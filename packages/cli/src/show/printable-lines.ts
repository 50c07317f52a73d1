/**
 * Escapes the characters that would control a terminal: (1) in texts of several lines; (2) in JSON,
 * by the escapes that JSON itself allows.
 */
import { printable } from '@stowage/workbench'

/** The text with its line breaks, and every other character that controls a terminal escaped. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

/** The value as JSON, with `indent` blanks a level; without it on one line. */
export const jsonText = (value: unknown, indent?: number): string =>
  printableLines(JSON.stringify(value, null, indent))
