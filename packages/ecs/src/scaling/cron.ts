/**
 * Parses the cron expressions of AWS, six fields in parentheses: minutes, hours, day of the month,
 * month, day of the week, year. One of the two days must be `?`. Weekdays count from Sunday, 1.
 *
 * Source: Application Auto Scaling User Guide, "Schedule recurring scaling actions using cron
 * expressions".
 */

/** A date with what a cron expression looks at. */
export interface CronDate {
  readonly year: number
  readonly month: number
  readonly day: number
  /** From Sunday, 1, to Saturday, 7. */
  readonly weekday: number
  readonly daysInMonth: number
}

/** A parsed expression. */
export interface CronExpression {
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly months: readonly number[]
  readonly years: readonly number[]
  readonly isDay: (date: CronDate) => boolean
}

/** Parses the six fields; `undefined` when they are none. */
export const parseCron = (text: string): CronExpression | undefined => {
  const [minute, hour, day, month, weekday, year, ...more] = text.trim().split(/\s+/)
  if (year === undefined || more.length > 0 || (day === '?') === (weekday === '?')) return undefined
  const minutes = numbersIn(minute!, 0, 59)
  const hours = numbersIn(hour!, 0, 23)
  const months = numbersIn(month!, 1, 12, monthNames)
  const years = numbersIn(year, 1970, 2199)
  const isDay = weekday === '?' ? dayOfMonth(day!) : dayOfWeek(weekday!)
  return minutes && hours && months && years && isDay
    ? { minutes, hours, months, years, isDay }
    : undefined
}

const monthNames = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const weekdayNames = 'SUN MON TUE WED THU FRI SAT'.split(' ')

/** The numbers of a field in their order: `*`, `3`, `1-5`, each with `/2` or in a list. */
const numbersIn = (
  field: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): readonly number[] | undefined => {
  const found = new Set<number>()
  for (const part of field.split(',')) {
    const [, whole, step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? []
    if (whole === undefined || step === '0') return undefined
    const range = rangeIn(whole, least, most, names, step !== undefined)
    if (range === undefined) return undefined
    for (let i = range[0]; i <= range[1]; i += Number(step ?? 1)) found.add(i)
  }
  return [...found].sort((a, b) => a - b)
}

const rangeIn = (
  text: string,
  least: number,
  most: number,
  names: readonly string[],
  isStepped: boolean,
): readonly [number, number] | undefined => {
  if (text === '*') return [least, most]
  const ends = text.split('-').map((end) => numberOf(end, names, least))
  const [from, to = isStepped ? most : from] = ends
  const isRange =
    from !== undefined && to !== undefined && ends.length <= 2 && !ends.includes(undefined)
  return isRange && from >= least && to <= most && from <= to ? [from, to] : undefined
}

const numberOf = (text: string, names: readonly string[], least: number): number | undefined => {
  const named = names.indexOf(text.toUpperCase())
  if (named >= 0) return named + least
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined
}

type DayTest = CronExpression['isDay']

/** `L` is the last day, `15W` the weekday nearest to the 15th in its month. */
const dayOfMonth = (field: string): DayTest | undefined => {
  if (field === 'L') return ({ day, daysInMonth }) => day === daysInMonth
  if (field === 'LW') return (date) => date.day === workdayNear(date, date.daysInMonth)
  const near = /^(\d{1,2})W$/.exec(field)?.[1]
  if (near !== undefined) {
    const wish = Number(near)
    return wish < 1 || wish > 31
      ? undefined
      : (date) => wish <= date.daysInMonth && date.day === workdayNear(date, wish)
  }
  const days = numbersIn(field, 1, 31)
  return days && (({ day }) => days.includes(day))
}

const workdayNear = ({ day, weekday, daysInMonth }: CronDate, wish: number): number => {
  const at = ((((weekday - 1 + wish - day) % 7) + 7) % 7) + 1
  if (at === 7) return wish === 1 ? wish + 2 : wish - 1
  if (at === 1) return wish === daysInMonth ? wish - 2 : wish + 1
  return wish
}

/** `6L` is the last Friday of a month, `6#3` the third. */
const dayOfWeek = (field: string): DayTest | undefined => {
  const [, name, last, nth] = /^(\w+?)(?:(L)|#(\d))$/.exec(field) ?? []
  if (name !== undefined) {
    const wish = numberOf(name, weekdayNames, 1)
    if (wish === undefined || wish < 1 || wish > 7) return undefined
    if (last === 'L')
      return ({ weekday, day, daysInMonth }) => weekday === wish && day + 7 > daysInMonth
    return Number(nth) < 1 || Number(nth) > 5
      ? undefined
      : ({ weekday, day }) => weekday === wish && Math.ceil(day / 7) === Number(nth)
  }
  if (field === 'L') return ({ weekday }) => weekday === 7
  const days = numbersIn(field, 1, 7, weekdayNames)
  return days && (({ weekday }) => days.includes(weekday))
}
