/**
 * Writes the files of the playground that are not scripts to its `dist` folder: the HTML page, its
 * style sheet, and the examples. An example is a JSON file with the input of the page, made from
 * the files of a folder such as `docs/examples/shop/ecs`.
 */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

const to = 'packages/playground/dist'

/** By name, the folder of an example and the rest of its input. */
const examples = {
  'shop-ecs': ['docs/examples/shop/ecs', { trunking: true }],
  'shop-kubernetes': ['docs/examples/shop/kubernetes', { trunking: false }],
}

const exampleInput = async (folder, more) => {
  const names = (await readdir(folder)).sort()
  const files = await Promise.all(
    names.map(async (file) => ({ file, text: await readFile(`${folder}/${file}`, 'utf8') })),
  )
  return { files, nodes: 'm5.large=4', fargate: true, prices: '', ...more }
}

/** Copies and writes; the scripts are there already. */
export const writePlaygroundPage = async () => {
  await mkdir(`${to}/examples`, { recursive: true })
  for (const file of ['index.html', 'style.css'])
    await copyFile(`packages/playground/page/${file}`, `${to}/${file}`)
  for (const file of ['LICENSE', 'NOTICE']) await copyFile(file, `${to}/${file}`)
  for (const [name, [folder, more]] of Object.entries(examples))
    await writeFile(`${to}/examples/${name}.json`, JSON.stringify(await exampleInput(folder, more)))
  // What the service worker copies, so that the page opens without a network.
  const all = await readdir(to, { recursive: true, withFileTypes: true })
  const files = all
    .filter((file) => file.isFile() && !/^(files\.json|service-worker\.js)$/.test(file.name))
    .map((file) => relative(to, join(file.parentPath, file.name)).replaceAll('\\', '/'))
    .sort()
  await writeFile(`${to}/files.json`, JSON.stringify(files))
}
