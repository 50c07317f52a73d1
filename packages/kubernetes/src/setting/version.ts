/**
 * States the one API version of scheduler configurations that is supported, and builds the codecs
 * of `apiVersion` and `kind`. Such a field must have the expected text, be empty or be absent.
 */
import { codecOf, type Codec } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'

/** The version of the configuration that is read. */
export const version = 'kubescheduler.config.k8s.io/v1'

/** One text and no other; it may be left out, be null or be empty. */
export const fixedText = (text: string): Codec<string> =>
  codecOf(renderValue(text), (value) =>
    value === undefined || value === null || value === '' || value === text ? text : undefined,
  )
