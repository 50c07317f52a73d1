/**
 * States the API version of the scheduler configurations that are read, and makes codecs for
 * `apiVersion` and `kind`, which accept one text or an absent field.
 */
import { codecOf, type Codec } from '@stowage/documents'
import { shown } from '@stowage/kernel'

/** The version of the configuration that is read. */
export const version = 'kubescheduler.config.k8s.io/v1'

/** One text and no other; it may be left out, be null or be empty. */
export const fixedText = (text: string): Codec<string> =>
  codecOf(shown(text), (value) =>
    value === undefined || value === null || value === '' || value === text ? text : undefined,
  )
