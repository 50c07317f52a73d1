/**
 * Tests the numbers of reasons that are not fixed texts: those with the name of a resource or of an
 * object. No two have the same number, and each number is turned back into the right text.
 */
import { batch, internDimension, empty } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { vocabularyOf } from '../raise/vocabulary.js'
import { insufficient, reasons, namedReason } from './reason.js'

it('are told apart and worded again', () => {
  batch(empty, (draft) => {
    const { reasonOf } = vocabularyOf(draft)
    const names = ['example.com/gpu', 'example.com/nic', 'example.com/fpga']
    for (const name of names) {
      const [lacking, text] = [
        insufficient(internDimension(draft, name)),
        namedReason(draft, 'VolumeZone', `persistentvolume "${name}: x" not found`),
      ]
      expect(Math.min(lacking, text.reason)).toBeGreaterThanOrEqual(reasons.length)
      expect(reasonOf(lacking)).toEqual({
        plugin: 'NodeResourcesFit',
        reason: `Insufficient ${name}`,
      })
      expect(reasonOf(text.reason)).toEqual({
        plugin: 'VolumeZone',
        reason: `persistentvolume "${name}: x" not found`,
      })
    }
  })
})
