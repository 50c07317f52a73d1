/**
 * Writes a software bill of materials (SBOM) in CycloneDX format into the `dist` folder of each
 * published package: its dependencies, with versions, licences and hashes. `npm run sbom` runs this
 * after a build; a release does so before it publishes, so that the published package contains the
 * file.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'

const npm = (args) =>
  execFileSync('npm', args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const manifestOf = (folder) => JSON.parse(readFileSync(`packages/${folder}/package.json`, 'utf8'))
const isPublished = (folder) =>
  existsSync(`packages/${folder}/package.json`) && manifestOf(folder).private !== true

for (const folder of readdirSync('packages').filter(isPublished)) {
  if (!existsSync(`packages/${folder}/dist`)) {
    console.error(`sbom: packages/${folder} is not built; run \`npm run build\` first`)
    process.exit(1)
  }
  const text = npm([
    ...['sbom', '--sbom-format=cyclonedx', '--sbom-type=library', '--omit=dev'],
    `--workspace=packages/${folder}`,
  ])
  const { metadata, components, dependencies, bomFormat, specVersion } = JSON.parse(text)
  const { name, version } = manifestOf(folder)
  const own = `${name}@${version}`
  // npm describes the clone, which is not published. The same packages give the same file: no time,
  // and no number of this run.
  const bill = {
    ...{ bomFormat, specVersion, version: 1 },
    metadata: {
      tools: metadata.tools,
      component: components.find((each) => each['bom-ref'] === own),
    },
    components: components.filter((each) => each['bom-ref'] !== own),
    dependencies: dependencies.filter(({ ref }) => ref !== metadata.component['bom-ref']),
  }
  if (bill.metadata.component === undefined) throw new Error(`sbom: npm does not name ${own}`)
  writeFileSync(`packages/${folder}/dist/sbom.cdx.json`, `${JSON.stringify(bill, undefined, 2)}\n`)
}
