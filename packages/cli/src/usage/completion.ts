/**
 * Generates a completion script for a command shell from the declared command line. The script
 * completes commands, options and their values: words of a list, or files.
 */
import type { Command, Option } from 'commander'
import { argumentValues, optionsOf, optionValues, subcommandsOf, type Values } from './parameter.js'

/** The shells that are known. */
export const shells = ['bash', 'zsh', 'fish'] as const

/** One of them. */
export type Shell = (typeof shells)[number]

/** The script for a shell, without its last line break. */
export const completionScript = (shell: Shell, program: Command): string => {
  switch (shell) {
    case 'bash':
      return bashScript(program)
    case 'zsh':
      return zshScript(program)
    case 'fish':
      return fishScript(program)
  }
}

const longNames = (command: Command): readonly string[] =>
  optionsOf(command).flatMap(({ long }) => (long ? [long] : []))

const namesOf = (program: Command): readonly string[] =>
  subcommandsOf(program).map((command) => command.name())

/** The text in single quotes, as POSIX shells and zsh read it. */
const quoteForShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const bashReply = (values: Values): string => {
  if (values._tag === 'Any') return 'COMPREPLY=()'
  const source = values._tag === 'Files' ? '-f' : `-W ${quoteForShell(values.words.join(' '))}`
  return `mapfile -t COMPREPLY < <(compgen ${source} -- "$cur")`
}

const bashScript = (program: Command): string => {
  const commands = subcommandsOf(program)
  const values = commands.flatMap((command) =>
    optionsOf(command).flatMap((option) => {
      const known = optionValues(option)
      return known === undefined
        ? []
        : [`    '${command.name()} ${option.long ?? ''}') ${bashReply(known)}; return ;;`]
    }),
  )
  const options = commands.map(
    (command) =>
      `    '${command.name()} -'*) ${bashReply({ _tag: 'Words', words: longNames(command) })}; return ;;`,
  )
  const first = commands.flatMap((command) => {
    const [argument] = command.registeredArguments
    return argument?.argChoices === undefined
      ? []
      : [`    '${command.name()} 2') ${bashReply(argumentValues(argument))}; return ;;`]
  })
  return [
    '# Completion of stowage in bash: source <(stowage completion bash)',
    '_stowage() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}',
    '  COMPREPLY=()',
    `  if [ "$COMP_CWORD" -eq 1 ]; then ${bashReply({ _tag: 'Words', words: [...namesOf(program), '--help', '--version'] })}; return; fi`,
    '  case "$command $prev" in',
    ...values,
    '  esac',
    '  case "$command $cur" in',
    ...options,
    '  esac',
    '  case "$command $COMP_CWORD" in',
    ...first,
    '  esac',
    `  ${bashReply({ _tag: 'Files' })}`,
    '}',
    'complete -o filenames -F _stowage stowage',
  ].join('\n')
}

/** What follows a zsh specification: a message and an action. */
const zshAction = (message: string, values: Values): string => {
  if (values._tag === 'Files') return `:${message}:_files`
  return values._tag === 'Words' ? `:${message}:(${values.words.join(' ')})` : `:${message}: `
}

/** Brackets and colons end a part of a zsh specification. */
const zshText = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&')

const zshOption = (option: Option): string => {
  const values = optionValues(option)
  const action = values === undefined ? '' : zshAction('value', values)
  return `      ${quoteForShell(`*${option.long ?? ''}[${zshText(option.description)}]${action}`)}`
}

const zshCommand = (command: Command): readonly string[] => [
  `    ${command.name()}) _arguments \\`,
  ...[
    ...optionsOf(command).map(zshOption),
    ...command.registeredArguments.map(
      (argument, i) =>
        `      ${quoteForShell(`${argument.variadic ? '*' : String(i + 1)}${zshAction(argument.name(), argumentValues(argument))}`)}`,
    ),
  ]
    .join(' \\\n')
    .split('\n'),
  '      ;;',
]

const zshScript = (program: Command): string =>
  [
    '#compdef stowage',
    '# Completion of stowage in zsh: stowage completion zsh > "${fpath[1]}/_stowage"',
    '_stowage() {',
    '  local -a commands',
    '  commands=(',
    ...subcommandsOf(program).map(
      (command) => `    ${quoteForShell(`${command.name()}:${zshText(command.description())}`)}`,
    ),
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  shift words',
    '  (( CURRENT-- ))',
    '  case $words[1] in',
    ...subcommandsOf(program).flatMap(zshCommand),
    '  esac',
    '}',
    'if [ "$funcstack[1]" = _stowage ]; then _stowage "$@"; else compdef _stowage stowage; fi',
  ].join('\n')

/** The text in single quotes, as fish reads it. */
const fishQuoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

const fishValues = (values: Values | undefined): string => {
  if (values === undefined) return ''
  if (values._tag === 'Files') return ' -r -F'
  return values._tag === 'Words' ? ` -x -a ${fishQuoted(values.words.join(' '))}` : ' -x'
}

const fishCommand = (command: Command): readonly string[] => {
  const name = command.name()
  const within = `complete -c stowage -n '__fish_seen_subcommand_from ${name}'`
  const words = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices)
  return [
    `complete -c stowage -f -n __fish_use_subcommand -a ${name} -d ${fishQuoted(command.description())}`,
    ...optionsOf(command).map(
      (option) =>
        `${within} -l ${(option.long ?? '').slice(2)} -d ${fishQuoted(option.description)}${fishValues(optionValues(option))}`,
    ),
    ...(words.length === 0 ? [] : [`${within} -a ${fishQuoted(words.join(' '))}`]),
  ]
}

const fishScript = (program: Command): string =>
  [
    '# Completion of stowage in fish: stowage completion fish | source',
    ...subcommandsOf(program).flatMap(fishCommand),
  ].join('\n')
