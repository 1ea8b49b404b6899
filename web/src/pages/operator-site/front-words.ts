/** What the first page says, in both languages: a preview shows the reader's other one as well. */
export const frontWords = {
  en: {
    tagline: 'AI models of several vendors, through one API.',
    signIn: 'Sign in',
    register: 'Create an account',
    docs: 'Documentation',
    closed: 'Accounts are made by invitation.',
    regions: 'Regions',
    terms: 'Terms of service',
    privacy: 'Privacy',
    kinds: { email: 'E-mail', chat: 'Chat', phone: 'Telephone', link: 'Web page' },
  },
  zh: {
    tagline: '通过一个 API 使用多家供应商的 AI 模型。',
    signIn: '登录',
    register: '注册账户',
    docs: '文档',
    closed: '账户仅限受邀注册。',
    regions: '区域',
    terms: '服务条款',
    privacy: '隐私政策',
    kinds: { email: '邮箱', chat: '即时通讯', phone: '电话', link: '网页' },
  },
} as const;
