/** Tests that the objects of a release are read from what Helm prints around them. */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { documentsOf } from './documents.js'

const pod = (name: string) =>
  `---\n# Source: web/templates/${name}.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`
const notes =
  'NOTES:\n1. Get the URL:\n  export POD=$(kubectl get pods -o jsonpath="{.items[0]}")\n  echo "http://x: y"\n'
const dryRun = `NAME: web\nLAST DEPLOYED: Mon Nov 30 12:00:00 2026\nSTATUS: pending-install\nHOOKS:\n${pod('test')}MANIFEST:\n${pod('web')}\n${notes}`
const upgrade = `Release "web" has been upgraded. Happy Helming!\n${dryRun}`
const all = `REVISION: 1\nRELEASED: Mon Nov 30\nCHART: web-0.1.0\nUSER-SUPPLIED VALUES:\nnull\n\nCOMPUTED VALUES:\na:\n  b: 1\n\nHOOKS:\nMANIFEST:\n${pod('web')}`

const names = (text: string) => {
  const read = documentsOf([{ file: 'x.yaml', text }])
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
    .filter(({ value }) => value !== null)
    .map(({ value }) => (value as { metadata: { name: string } }).metadata.name)
}

it.each([
  ['helm install --dry-run', dryRun, ['test', 'web']],
  ['the same with carriage returns', dryRun.replaceAll('\n', '\r\n'), ['test', 'web']],
  ['helm upgrade --dry-run', upgrade, ['test', 'web']],
  ['helm get all', all, ['web']],
])('reads what %s prints', (_, text, expected) => expect(names(text)).toEqual(expected))

it('tells the line of a fault', () => {
  const line = dryRun.split('\n').indexOf('metadata: {name: web}') + 1
  const twice = dryRun.replace('metadata: {name: web}', 'kind: Pod\nmetadata: {name: web}')
  const read = documentsOf([{ file: 'x.yaml', text: twice }])
  expect(read).toMatchObject({ left: [{ from: `x.yaml, line ${line}` }] })
})

it('leaves other texts as they are', () => {
  expect(names(`${pod('web')}---\nmetadata: {name: "MANIFEST:"}\n`)).toEqual(['web', 'MANIFEST:'])
})
