export type PageLocale = 'en' | 'zh';

/** What the base-URL page says. `{name}` places take the site's facts; they are escaped when they are put in. */
export interface PageWords {
  readonly language: string;
  readonly title: string;
  readonly reachable: string;
  readonly explanation: string;
  /** On the first page, which is meant for people too. */
  readonly doorExplanation: string;
  readonly region: string;
  readonly version: string;
  readonly requestId: string;
  readonly next: string;
  readonly baseUrlTitle: string;
  readonly baseUrlText: string;
  readonly vendorColumn: string;
  readonly urlColumn: string;
  readonly usedByColumn: string;
  readonly keyTitle: string;
  readonly keyText: string;
  readonly stateTitle: string;
  readonly stateText: string;
  readonly networkTitle: string;
  readonly networkText: string;
  readonly testTitle: string;
  readonly testText: string;
  readonly helpTitle: string;
  readonly helpText: string;
  readonly never: string;
  readonly docs: string;
  readonly other: string;
  readonly console: string;
  readonly tagline: string;
  readonly signIn: string;
  readonly register: string;
  readonly registrationClosed: string;
  readonly regions: string;
  readonly regionsText: string;
  readonly contactKinds: Readonly<Record<'email' | 'chat' | 'phone' | 'link', string>>;
  readonly terms: string;
  readonly privacy: string;
  readonly reportKey: string;
}

export const pageWords: Readonly<Record<PageLocale, PageWords>> = {
  en: {
    language: 'en',
    title: '{site} API',
    reachable: 'The gateway is reachable',
    explanation:
      'This address is the API of {site}. It is meant for programs, not for browsers; that you can read this page shows that your network reaches it.',
    doorExplanation:
      'Programs call the API of {site} at this same address; the base URL for each tool stands below. That you can read this page shows that your network reaches it.',
    region: 'Region',
    version: 'Version',
    requestId: 'This request',
    next: 'If your calls still fail, check in this order',
    baseUrlTitle: 'Base URL',
    baseUrlText:
      'Each tool wants its own form. A 404 often means that the path part is missing, or there twice (/v1/v1).',
    vendorColumn: 'Key of',
    urlColumn: 'Base URL',
    usedByColumn: 'For',
    keyTitle: 'Key, pasted exactly',
    keyText: 'It begins with {prefix}. No space, line break or quotation mark around it, nothing cut off at the end.',
    stateTitle: 'Key enabled, for the right vendor',
    stateText:
      'Not disabled, deleted or expired. A key belongs to one group of one vendor: a key for Claude does not open GPT models.',
    networkTitle: 'Network of the program',
    networkText:
      'Your program may take another way than this browser: a proxy setting, a VPN, a firewall or a container without the company’s certificates.',
    testTitle: 'One call that tells',
    testText: 'It is free, and says whether the key is accepted:',
    helpTitle: 'Still failing?',
    helpText:
      'Write to {support} with the X-Request-Id of the failing call, its status code and the time in UTC. With the id we find that exact call.',
    never: 'Never send the key itself, nor prompts or answers.',
    docs: 'Documentation',
    other: '简体中文',
    console: 'Console',
    tagline: 'AI models of several vendors, through one API.',
    signIn: 'Sign in',
    register: 'Create an account',
    registrationClosed: 'Accounts are made by invitation.',
    regions: 'Regions',
    regionsText: 'Use the base URL of your own region: keys and balances of one are not known in another.',
    contactKinds: { email: 'E-mail', chat: 'Chat', phone: 'Telephone', link: 'Web' },
    terms: 'Terms of service',
    privacy: 'Privacy',
    reportKey: 'Report a key that you found',
  },
  zh: {
    language: 'zh-Hans',
    title: '{site} API',
    reachable: '网关连接正常',
    explanation: '这里是 {site} 的 API 地址，供程序调用，不供浏览器访问。您能看到本页，说明您的网络可以连到网关。',
    doorExplanation:
      '程序也通过此地址调用 {site} 的 API；各工具的基础地址见下文。您能看到本页，说明您的网络可以连到网关。',
    region: '区域',
    version: '版本',
    requestId: '本次请求',
    next: '如果调用仍然失败，请按顺序检查',
    baseUrlTitle: '基础地址（Base URL）',
    baseUrlText: '不同工具需要不同的写法。出现 404 通常是路径部分缺失，或重复了一次（/v1/v1）。',
    vendorColumn: '密钥所属',
    urlColumn: '基础地址',
    usedByColumn: '适用于',
    keyTitle: '密钥粘贴完整',
    keyText: '密钥以 {prefix} 开头。前后不要有空格、换行或引号，末尾不要缺字符。',
    stateTitle: '密钥已启用，且供应商正确',
    stateText: '密钥未被停用、删除，也未过期。一个密钥只属于一个供应商的一个分组：Claude 的密钥不能调用 GPT 模型。',
    networkTitle: '程序所在的网络',
    networkText: '程序走的网络可能与此浏览器不同：代理设置、VPN、防火墙，或缺少公司证书的容器。',
    testTitle: '用一次调用确认',
    testText: '该调用免费，并会告诉您密钥是否有效：',
    helpTitle: '仍然失败？',
    helpText: '请写信至 {support}，附上失败调用的 X-Request-Id、状态码和 UTC 时间。凭此编号我们可以找到那一次调用。',
    never: '请勿发送密钥本身，也不要发送提示词或回答内容。',
    docs: '文档',
    other: 'English',
    console: '控制台',
    tagline: '通过一个 API 使用多家供应商的 AI 模型。',
    signIn: '登录',
    register: '注册账户',
    registrationClosed: '账户仅限受邀注册。',
    regions: '区域',
    regionsText: '请使用您所在区域的基础地址：各区域的密钥和余额互不相通。',
    contactKinds: { email: '邮箱', chat: '聊天', phone: '电话', link: '网页' },
    terms: '服务条款',
    privacy: '隐私政策',
    reportKey: '报告您发现的密钥',
  },
};
