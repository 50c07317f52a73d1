/**
 * Tests the rules of NodeDeclaredFeatures on examples. The recorded answers of kube-scheduler cover
 * more cases.
 */
import { decodeValue } from '@stowage/documents'
import { batch, getOrThrow, empty } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { PodSpec } from '../words/pod.js'
import { featureFilter } from './feature.js'
import { defaultArgs } from '../plugin/profile.js'
import { nothingElse, surroundingsOf } from '../surroundings/surroundings.js'

/** How many filters a pod has whose one mount says this. */
const filters = (mount: object): number =>
  batch(empty, (draft) => {
    const spec = getOrThrow(
      decodeValue(PodSpec, {
        containers: [{ name: 'c', volumeMounts: [{ name: 'v', ...mount }] }],
      }),
    )
    const pod = { namespace: 'default', labels: new Map(), spec, ownerSelector: undefined }
    const around = surroundingsOf([], nothingElse)
    return featureFilter({ draft, pod, around, args: defaultArgs }).length
  })[1]

it('is needed for a bind mount with options, and not for a list of none', () => {
  expect(filters({ bindMountOptions: ['noexec'] })).toBe(1)
  expect(filters({ bindMountOptions: [] })).toBe(0)
  expect(filters({})).toBe(0)
})
