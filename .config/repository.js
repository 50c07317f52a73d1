/**
 * Writes where the sources are into each published package, which `npm publish --provenance` needs:
 * `npm run repository -- https://HOST/OWNER/NAME`. Without an address it checks that every package
 * has one, as the release does before it publishes.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'

const [address] = process.argv.slice(2)
const refuse = (text) => {
  console.error(`repository: ${text}`)
  process.exit(1)
}

const manifests = readdirSync('packages')
  .map((folder) => [folder, `packages/${folder}/package.json`])
  .filter(([, path]) => existsSync(path))
  .map(([folder, path]) => ({ folder, path, manifest: JSON.parse(readFileSync(path, 'utf8')) }))
  .filter(({ manifest }) => manifest.private !== true)

if (address === undefined) {
  const without = manifests.filter(({ manifest }) => manifest.repository?.url === undefined)
  if (without.length > 0)
    refuse(
      `found no field repository in ${without.map(({ manifest }) => manifest.name).join(', ')}; ` +
        'run `npm run repository -- https://HOST/OWNER/NAME` with the address that the release is ' +
        'built from, and commit it',
    )
} else {
  if (!/^https:\/\/[^/\s]+\/[^\s]+$/.test(address))
    refuse(`found ${JSON.stringify(address)}, expected https://HOST/OWNER/NAME`)
  const url = `git+${address.replace(/(\.git)?\/?$/, '')}.git`
  for (const { folder, path, manifest } of manifests) {
    // Beside the licence, where readers look for it.
    const entries = Object.entries(manifest).filter(([key]) => key !== 'repository')
    const at = entries.findIndex(([key]) => key === 'license') + 1
    const repository = { type: 'git', url, directory: `packages/${folder}` }
    const next = [...entries.slice(0, at), ['repository', repository], ...entries.slice(at)]
    writeFileSync(path, `${JSON.stringify(Object.fromEntries(next), undefined, 2)}\n`)
  }
}
