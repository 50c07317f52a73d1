/**
 * Exports what the readers of Kubernetes and ECS documents share: types of documents, errors and
 * warnings, one set of io-ts codecs, and checks of names (duplicates, likely typing errors).
 */
export { optional, omittable, withDefault } from './codec/absent.js'
export { codecOf, type Codec } from './codec/codec.js'
export { dictionary, list, listOrEmpty } from './codec/collection.js'
export { closedRecord, record, type FieldCodecs } from './codec/record.js'
export { flag, int32Max, nonEmptyText, oneOf, text, whole } from './codec/scalar.js'
export { collectAll } from './decode/collect.js'
export { decodeDocument, decodeValue } from './decode/decode.js'
export {
  ignoredOrder,
  warningOrder,
  type IgnoredDocument,
  type Warning,
  type WarningHelp,
} from './document/note.js'
export type { DocumentFault, SourceDocument } from './document/source-document.js'
export { duplicates } from './name/duplicates.js'
export { isMisspelling, nearestNames } from './name/nearest.js'
export { someOf } from './name/some-of.js'
export { nestingFaults } from './document/nesting.js'
export { isObject, own, valueAt, type Path } from './value/own.js'
export { aheadAt, utc, type TimeZone } from './value/time-zone.js'
