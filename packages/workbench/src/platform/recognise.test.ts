/**
 * Tests which platforms (Kubernetes or Amazon ECS) are loaded for documents: always the platform
 * that recognises a document, and only one platform for documents of one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { documentsOf } from '../text/documents.js'
import { platforms } from './platforms.js'
import { platformsNamedIn } from './recognise.js'

const documents = readdirSync('docs/examples', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ya?ml|json)$/.test(path))
  .flatMap((file) => {
    const parsed = documentsOf([{ file, text: readFileSync(`docs/examples/${file}`, 'utf8') }])
    return parsed._tag === 'Right' ? parsed.right : []
  })

it('no platform of an example is left out', () => {
  expect(documents.length).toBeGreaterThan(40)
  for (const document of documents) {
    const named = platformsNamedIn([document])
    const own = platforms.filter(({ recognises }) => recognises(document.value))
    expect(named).toEqual(expect.arrayContaining(own.map(({ id }) => id)))
  }
})
it('one platform is loaded for the documents of one', () => {
  const ofShop = (name: string) => documents.filter(({ from }) => from.startsWith(`shop/${name}`))
  expect(platformsNamedIn(ofShop('ecs'))).toEqual(['ecs'])
  expect(platformsNamedIn(ofShop('kubernetes'))).toEqual(['kubernetes'])
  expect(platformsNamedIn([])).toEqual([])
})
