/**
 * Reads the args of the scheduler plugin DynamicResources: the timeouts of filtering and binding.
 */
import { withDefault } from '@stowage/documents'
import type { DynamicResourcesArgs } from '../plugin/profile.js'
import { Duration, seconds } from '../setting/duration.js'
import { invalid, type Wrong } from '../setting/wrong.js'
import { reader, type ArgsReader } from './reader.js'

interface DynamicResourcesWords {
  readonly filterTimeout: Duration
  readonly bindingTimeout: Duration
}

const wrongTimeouts = ({
  filterTimeout,
  bindingTimeout,
}: DynamicResourcesWords): readonly Wrong[] => {
  const negative = invalid(
    ['filterTimeout'],
    filterTimeout.text,
    'a duration, 0 or more',
    'must be zero or positive',
  )
  const short = invalid(
    ['bindingTimeout'],
    bindingTimeout.text,
    'a duration of 1s or more',
    'must be at least 1 second',
  )
  return [
    ...(filterTimeout.seconds < 0 ? [negative] : []),
    ...(bindingTimeout.seconds < 1 ? [short] : []),
  ]
}

export const readDynamicResourcesArgs: ArgsReader<DynamicResourcesArgs> = reader<
  DynamicResourcesWords,
  DynamicResourcesArgs
>(
  'DynamicResourcesArgs',
  {
    filterTimeout: withDefault(Duration, seconds(10)),
    bindingTimeout: withDefault(Duration, seconds(600)),
  },
  wrongTimeouts,
  ({ filterTimeout, bindingTimeout }) => ({
    filterTimeoutSeconds: filterTimeout.seconds,
    bindingTimeoutSeconds: bindingTimeout.seconds,
  }),
)
