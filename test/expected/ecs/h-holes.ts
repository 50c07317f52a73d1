/**
 * Lists the questions that the AWS documentation leaves open or answers inconsistently. Each has an
 * option by which a user chooses the answer, with its possible values, its default, and the reason
 * for the default. `section` is the prefix of the files of this folder on the same subject: `A4`
 * means `a4-*.ts`.
 */
export const holes: readonly {
  readonly section: string
  readonly hole: string
  readonly option: string
  readonly values: readonly (string | number | boolean)[]
  readonly default: string | number | boolean
  readonly reason: string
}[] = [
  {
    section: 'A1',
    hole: 'how long a client token is remembered',
    option: 'clientTokenLifetime',
    values: ['for ever', 'seconds'],
    default: 'for ever',
    reason: 'a token that is forgotten starts tasks twice',
  },
  {
    section: 'A3',
    hole: 'the failure of distinctInstance',
    option: 'distinctInstanceReason',
    values: ['a sentence'],
    default: 'DistinctInstance placement constraint unsatisfied.',
    reason: 'made after the sentence for memberOf',
  },
  {
    section: 'A4',
    hole: 'whether a pattern has to match the whole value or a part of it',
    option: 'anchoring',
    values: ['whole', 'part'],
    default: 'whole',
    reason: 'the printed examples end in `.*`, which a part would not need',
  },
  {
    section: 'A4',
    hole: '!in and !~ of an instance that lacks the attribute',
    option: 'absent',
    values: ['fails', 'passes'],
    default: 'fails',
    reason: 'as != is said to do',
  },
  {
    section: 'A4',
    hole: 'task:group with !=, !in and !~: no task is of it, or some task is of another',
    option: 'groupInequality',
    values: ['no task', 'another task'],
    default: 'no task',
    reason: 'so that it is the opposite of ==',
  },
  {
    section: 'A4',
    hole: 'as what attributes and groups are ordered',
    option: 'attributeOrder',
    values: ['int64', 'version', 'instant'],
    default: 'int64',
    reason: 'what is ordered is mostly a number',
  },
  {
    section: 'A4',
    hole: 'equality of agent versions',
    option: 'agentVersionEquality',
    values: ['text', 'version'],
    default: 'text',
    reason: 'the table of operators speaks of string equality',
  },
  {
    section: 'A4',
    hole: 'equality of registration times',
    option: 'registeredAtEquality',
    values: ['instant', 'text'],
    default: 'instant',
    reason:
      'four forms of one moment are said to be valid, and the text of the instance is none of them',
  },
  {
    section: 'A4',
    hole: 'which tasks runningTasksCount and task:group look at: older texts say RUNNING, newer ones desired RUNNING',
    option: 'tasksCounted',
    values: ['desired', 'running'],
    default: 'desired',
    reason: 'distinctInstance looks at the desired status, and so does the newer text',
  },
  {
    section: 'A4',
    hole: 'parentheses within quotes, as a single expression cannot have any',
    option: 'parentheses',
    values: ['in quotes', 'nowhere'],
    default: 'in quotes',
    reason: 'the sentence is about grouping, and a text in quotes is one literal',
  },
  {
    section: 'A5',
    hole: 'spreading over an attribute that an instance lacks',
    option: 'absentBucket',
    values: ['own', 'shared'],
    default: 'own',
    reason: 'the instance is neither shunned nor preferred',
  },
  {
    section: 'A5',
    hole: 'ties that no strategy breaks, placing and stopping',
    option: 'ties',
    values: ['rank', 'seeded'],
    default: 'rank',
    reason: 'a plan should be readable',
  },
  {
    section: 'A8',
    hole: 'a task of a provider without room: PROVISIONING by newer texts, PENDING by older ones',
    option: 'unplaceable',
    values: ['PROVISIONING', 'PENDING'],
    default: 'PROVISIONING',
    reason: 'the newer text',
  },
  {
    section: 'A8',
    hole: 'a task without a provider that constraints keep from instances: a call fails at once, and the guide has such tasks stay PENDING',
    option: 'constraintBlocked',
    values: ['fails', 'PENDING'],
    default: 'fails',
    reason: 'so do calls, which tell the failure in their answer',
  },
  {
    section: 'C1',
    hole: 'how many providers a strategy has: 20 by newer texts, 6 by older ones',
    option: 'providersMax',
    values: [20, 6],
    default: 20,
    reason: 'the newer text',
  },
  {
    section: 'C1',
    hole: 'counts that weights do not divide',
    option: 'weightRounding',
    values: ['quota', 'largest remainder'],
    default: 'quota',
    reason: 'each provider stays within one task of its share at every count',
  },
  {
    section: 'C5',
    hole: 'Spot on ARM64',
    option: 'spotOnArm',
    values: [true, false],
    default: true,
    reason: 'the newer text, from platform version 1.4.0 on',
  },
  {
    section: 'C5',
    hole: 'sizes of 32 vCPU: in the guide, not in the API text',
    option: 'vcpusMax',
    values: [32, 16],
    default: 32,
    reason: 'the guide is newer',
  },
  {
    section: 'C5',
    hole: 'the stop code of an interrupted Spot task',
    option: 'spotStopCode',
    values: ['SpotInterruption', 'TerminationNotice'],
    default: 'SpotInterruption',
    reason: 'the API lists it for this; a sample from before has the other',
  },
  {
    section: 'C5',
    hole: 'rates of launches, which differ by region',
    option: 'launchRate',
    values: ['100 then 20 per second', '25 then 5 per second'],
    default: '100 then 20 per second',
    reason: 'that of most regions',
  },
  {
    section: 'D',
    hole: 'the largest size of a pod: 16 vCPU in the text of EKS, 32 in that of ECS',
    option: 'vcpusMax',
    values: [16, 32],
    default: 16,
    reason: 'the table of EKS ends there',
  },
  {
    section: 'D',
    hole: 'ephemeral storage in GiB that a node adds to what a pod requests',
    option: 'ephemeralOverhead',
    values: [15],
    default: 15,
    reason: 'the one printed example: 115 for 100',
  },
  {
    section: 'D',
    hole: 'which subnet of the profile a pod goes to; evenness is not promised',
    option: 'podSubnets',
    values: ['in turn', 'first'],
    default: 'in turn',
    reason: 'pods are said to be spread over the subnets',
  },
]

/** Where the documents are silent too, and there is one sensible rule and no option. */
export const rules: readonly {
  readonly section: string
  readonly hole: string
  readonly rule: string
  readonly reason: string
}[] = [
  {
    section: 'A4',
    hole: 'whether and binds more tightly than or',
    rule: 'and first',
    reason: 'as everywhere; what is printed has parentheses',
  },
  {
    section: 'A5',
    hole: 'which tasks are stopped where the strategy is random',
    rule: 'any, each as likely',
    reason: 'so is one placed',
  },
  {
    section: 'A6',
    hole: 'what is set aside for a task with a size of its own',
    rule: 'the size of the task, each half of it from its containers where it has none',
    reason: 'the containers can not use more, and the rest is promised to the task',
  },
  {
    section: 'C1',
    hole: 'a base of a provider whose weight is 0',
    rule: 'the base is filled, and no task beyond it',
    reason: 'the weight is said to share what is left by the base',
  },
  {
    section: 'C1',
    hole: 'one provider alone, whose weight is 0',
    rule: 'it gets every task',
    reason: 'the weight of one provider has nothing to be weighed against',
  },
]
