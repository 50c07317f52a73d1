/**
 * Prints a price list of EC2 instance types for the option `--prices`: the hourly on-demand price
 * of each type in one region, with Linux and on shared hardware, except for bare-metal types. The
 * prices are those that the Go module `github.com/aws/karpenter-provider-aws` copied from AWS on a
 * certain day. The arguments are the version of the module and the region.
 *
 * The list has no prices of Fargate, because no known package contains them. Only names and numbers
 * are taken.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const moduleName = 'github.com/aws/karpenter-provider-aws'

/** The file and the currency of each group of regions. */
const partitions = [
  { of: 'cn-', file: 'zz_generated.pricing_aws_cn.go', currency: 'CNY' },
  { of: 'us-gov-', file: 'zz_generated.pricing_aws_us_gov.go', currency: 'USD' },
  { of: '', file: 'zz_generated.pricing_aws.go', currency: 'USD' },
]

const [, , version, region = 'us-east-1'] = process.argv
if (version === undefined) throw new Error('usage: node main.js VERSION [REGION]')
const folder = mkdtempSync(join(tmpdir(), 'stowage-prices-'))
const run = (command, ...args) => spawnSync(command, args, { cwd: folder, encoding: 'utf8' })

/** The text of the file; `go` need not be as new as the module asks, as nothing is built. */
const sourceOf = (file) => {
  run('go', 'mod', 'init', 'prices')
  const { stdout } = run('go', 'mod', 'download', '-json', `${moduleName}@${version}`)
  const { Zip, Error: reason } = JSON.parse(stdout)
  if (Zip === undefined) throw new Error(`${moduleName}@${version}: ${reason}`)
  run('python3', '-m', 'zipfile', '--extract', Zip, 'module')
  return readFileSync(
    join(folder, 'module', `${moduleName}@${version}`, 'pkg/providers/pricing', file),
    'utf8',
  )
}

try {
  const { file, currency } = partitions.find(({ of }) => region.startsWith(of))
  const text = sourceOf(file)
  const [, date] = /^\/\/ generated at (\d{4}-\d{2}-\d{2})T/m.exec(text)
  const regions = [...text.matchAll(/^\t"([-a-z0-9]+)": \{\n((?:\t\t.*\n)*)\t\},$/gm)]
  const [, , body] = regions.find(([, name]) => name === region) ?? []
  if (body === undefined)
    throw new Error(`no ${region} in ${file}, only ${regions.map(([, name]) => name).join(', ')}`)
  const prices = [...body.matchAll(/"([-a-z0-9]+\.[-a-z0-9]+)": (\d+\.\d+)/g)]
    .map(([, name, price]) => [name, Number(price)])
    .filter(([, price]) => price > 0)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  const lines = [
    `# The price of an hour of each EC2 instance type in ${region}, on demand, with Linux.`,
    `# Source: ${moduleName} ${version} (Apache-2.0),`,
    `# pkg/providers/pricing/${file},`,
    '# which was generated on the date below from the price list of AWS.',
    '# Made by test/oracle/prices/main.js. No prices of Fargate are in that source.',
    `currency: ${currency}`,
    `region: ${region}`,
    // The quotes keep the day a text: YAML 1.1 reads it as a date.
    `date: '${date}'`,
    'instances:',
    ...prices.map(([name, price]) => `  ${name}: ${price}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
} finally {
  rmSync(folder, { recursive: true })
}
