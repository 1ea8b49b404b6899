export type NoticeLocale = 'en' | 'zh';

/** `{name}` places take facts. A sentence of `text` whose facts are missing or empty is left out. */
export interface NotificationWords {
  readonly title: string;
  readonly text: readonly string[];
}

export interface NotificationKindEntry {
  /** security: about the safety of the account itself. */
  readonly level: 'info' | 'warning' | 'security';
  /** Where in the console one sees or does something about it, with places for facts; null: nowhere. */
  readonly link: string | null;
  readonly words: Readonly<Record<NoticeLocale, NotificationWords>>;
}

const security = '/console/account/security';
const members = '/console/organization/members';

const notYou = {
  en: 'If this was not you, change your password and end all other sessions.',
  zh: '如非本人操作，请修改密码并结束所有其他会话。',
};

/** Of an event that concerns the safety of the account, by what is known of it. */
function securityKind(en: string, zh: string): NotificationKindEntry {
  return {
    level: 'security',
    link: security,
    words: {
      en: { title: en, text: ['From {device}, {ipAddress}.', notYou.en] },
      zh: { title: zh, text: ['来自 {device}，{ipAddress}。', notYou.zh] },
    },
  };
}

const byWhom = { en: 'By {by}.', zh: '操作人：{by}。' };
const dueWhen = { en: 'Due {dueAtMs}.', zh: '截止时间：{dueAtMs}。' };

/** Of a ticket, for the staff who answer it. */
function staffTicketKind(en: string, zh: string, more?: Readonly<Record<NoticeLocale, string>>): NotificationKindEntry {
  return {
    level: 'info',
    link: '/console/desk/{ticket}',
    words: {
      en: { title: en, text: ['{subject}', ...(more ? [more.en] : [])] },
      zh: { title: zh, text: ['{subject}', ...(more ? [more.zh] : [])] },
    },
  };
}

/**
 * Every kind of notification, with the facts that its words take: texts, numbers, lists of texts; times as `…AtMs` in Unix
 * milliseconds. Kinds are never renamed: rows name them.
 */
export const notificationKinds = {
  /** organization, inviter */
  invitation: {
    level: 'info',
    link: '/console/invitations',
    words: {
      en: {
        title: 'You are invited to {organization}',
        text: ['By {inviter}.', 'Accept or decline it in the console.'],
      },
      zh: { title: '您被邀请加入 {organization}', text: ['邀请人：{inviter}。', '请在控制台中接受或拒绝。'] },
    },
  },
  /** organization, member */
  'member-joined': {
    level: 'info',
    link: members,
    words: {
      en: { title: '{member} has joined {organization}', text: [] },
      zh: { title: '{member} 已加入 {organization}', text: [] },
    },
  },
  /** organization, by */
  'member-removed': {
    level: 'warning',
    link: null,
    words: {
      en: { title: 'You are no longer a member of {organization}', text: ['Removed by {by}.'] },
      zh: { title: '您已不再是 {organization} 的成员', text: ['操作人：{by}。'] },
    },
  },
  /** organization, by */
  'member-disabled': {
    level: 'warning',
    link: null,
    words: {
      en: { title: 'Your membership in {organization} was disabled', text: ['By {by}.', 'Ask an administrator why.'] },
      zh: { title: '您在 {organization} 的成员资格已被停用', text: ['操作人：{by}。', '如有疑问请联系管理员。'] },
    },
  },
  /** organization, by */
  'member-enabled': {
    level: 'info',
    link: '/console',
    words: {
      en: { title: 'Your membership in {organization} is active again', text: ['By {by}.'] },
      zh: { title: '您在 {organization} 的成员资格已恢复', text: ['操作人：{by}。'] },
    },
  },
  /** organization, roles, by */
  'role-changed': {
    level: 'info',
    link: members,
    words: {
      en: { title: 'Your roles in {organization} have changed', text: ['Now: {roles}.', 'By {by}.'] },
      zh: { title: '您在 {organization} 的角色已变更', text: ['当前角色：{roles}。', '操作人：{by}。'] },
    },
  },
  /** organization, place (name of a team or project), by */
  'grant-changed': {
    level: 'info',
    link: members,
    words: {
      en: { title: 'Your access in {organization} has changed', text: ['It concerns {place}.', 'By {by}.'] },
      zh: { title: '您在 {organization} 的访问权限已变更', text: ['涉及：{place}。', '操作人：{by}。'] },
    },
  },
  /** organization, key (its name), prefix, by, reason */
  'key-disabled': {
    level: 'warning',
    link: '/console/keys',
    words: {
      en: { title: 'Your key {key} was disabled', text: ['It begins with {prefix}.', 'By {by}.', 'Reason: {reason}'] },
      zh: { title: '您的密钥 {key} 已被停用', text: ['前缀为 {prefix}。', '操作人：{by}。', '原因：{reason}'] },
    },
  },
  /** organization, key, prefix, disabledAtMs or disableAtMs or neither, as the organization's rule is */
  'key-reported': {
    level: 'security',
    link: '/console/keys',
    words: {
      en: {
        title: 'Your key {key} became known to others',
        text: [
          'It begins with {prefix}.',
          'It belongs to {organization}.',
          'It was put out of use on {disabledAtMs}.',
          'It goes out of use on {disableAtMs}.',
          'Create a new key and put it in its place.',
        ],
      },
      zh: {
        title: '您的密钥 {key} 已被他人知悉',
        text: [
          '前缀为 {prefix}。',
          '所属组织：{organization}。',
          '已于 {disabledAtMs} 停用。',
          '将于 {disableAtMs} 停用。',
          '请创建新密钥并替换它。',
        ],
      },
    },
  },
  /** organization, key, prefix, by */
  'key-enabled': {
    level: 'info',
    link: '/console/keys',
    words: {
      en: { title: 'Your key {key} is enabled again', text: ['By {by}.'] },
      zh: { title: '您的密钥 {key} 已重新启用', text: ['操作人：{by}。'] },
    },
  },
  /** key, prefix, organization, percent, span (`total`, `5h`, `1d` or `7d`) */
  'key-limit-near': {
    level: 'warning',
    link: '/console/keys',
    words: {
      en: {
        title: 'The key {key} is near its spending limit',
        text: ['{percent} % of what it may spend {span} is spent.', 'It belongs to {organization}.'],
      },
      zh: {
        title: '密钥 {key} 即将达到消费限额',
        text: ['{span}限额已使用 {percent}%。', '所属组织：{organization}。'],
      },
    },
  },
  /** key, prefix, organization, expiresAtMs */
  'key-expires-soon': {
    level: 'warning',
    link: '/console/keys',
    words: {
      en: {
        title: 'The key {key} expires soon',
        text: [
          'On {expiresAtMs}.',
          'It belongs to {organization}.',
          'Move its end, or create another one before that.',
        ],
      },
      zh: {
        title: '密钥 {key} 即将过期',
        text: ['到期时间：{expiresAtMs}。', '所属组织：{organization}。', '请在此之前延长有效期或创建新密钥。'],
      },
    },
  },
  /** ticket, subject (empty for what is restricted): as all of staff's that follow */
  'ticket-message': staffTicketKind('{ticket}: a customer wrote', '{ticket}：客户有新消息'),
  'ticket-reopened': staffTicketKind('{ticket} was reopened by a customer', '{ticket} 已被客户重新打开'),
  /** by */
  'ticket-assigned': staffTicketKind('{ticket} was given to you', '{ticket} 已分配给您', byWhom),
  /** by */
  'ticket-mentioned': staffTicketKind('You were mentioned on {ticket}', '您在 {ticket} 中被提及', byWhom),
  'ticket-pressing': staffTicketKind('{ticket} needs an answer now', '{ticket} 需要立即处理'),
  'ticket-bounced': staffTicketKind('A reply on {ticket} could not be delivered', '{ticket} 的回复无法送达'),
  /** dueAtMs */
  'ticket-target-near': staffTicketKind(
    '{ticket}: the response target comes near',
    '{ticket}：即将超过响应目标',
    dueWhen,
  ),
  /** dueAtMs */
  'ticket-target-missed': staffTicketKind(
    '{ticket}: the response target was missed',
    '{ticket}：已超过响应目标',
    dueWhen,
  ),
  /** mail, code: to staff */
  'mail-quarantined': {
    level: 'warning',
    link: null,
    words: {
      en: { title: 'A mail could not be read and waits in quarantine', text: ['Why: {code}.', 'Mail {mail}.'] },
      zh: { title: '有邮件无法读取，已进入隔离区', text: ['原因：{code}。', '邮件 {mail}。'] },
    },
  },
  /** To staff, once an hour at most. */
  'answers-braked': {
    level: 'warning',
    link: '/console/desk',
    words: {
      en: {
        title: 'Automatic answers to mail are held back',
        text: [
          'More came within a minute than the site answers by itself. Their tickets are there, and wait for people.',
        ],
      },
      zh: {
        title: '自动回复邮件已被限制',
        text: ['一分钟内到达的邮件超过了站点自动回复的数量。相应的工单已创建，等待人工处理。'],
      },
    },
  },
  /** ticket, subject: to the customer */
  'ticket-answered': {
    level: 'info',
    link: '/console/help/tickets/{ticket}',
    words: {
      en: { title: 'Support has answered {ticket}', text: ['{subject}'] },
      zh: { title: '客服已回复 {ticket}', text: ['{subject}'] },
    },
  },
  /** device, ipAddress: as all that follow */
  'new-device': securityKind('Sign-in from a new device', '新设备登录'),
  'password-changed': securityKind('Your password was changed', '您的密码已修改'),
  'email-changed': securityKind('Your e-mail address was changed', '您的邮箱地址已修改'),
  'two-factor-changed': securityKind('Two-factor sign-in was changed', '双重验证设置已变更'),
  'passkey-changed': securityKind('Your passkeys have changed', '您的通行密钥已变更'),
  'recovery-code-used': securityKind('A recovery code was used to sign in', '有人使用恢复代码登录'),
  'access-token-created': securityKind('A personal access token was created', '已创建个人访问令牌'),
} as const satisfies Readonly<Record<string, NotificationKindEntry>>;

export type NotificationKind = keyof typeof notificationKinds;

/** A critical announcement also stands among the notifications; its words are its own. */
export const announcementKind = 'announcement';

/** For a kind that this program does not know: a row of a newer one. */
export const unknownKind: NotificationKindEntry = {
  level: 'info',
  link: '/console',
  words: { en: { title: 'Something has changed', text: [] }, zh: { title: '有新的变更', text: [] } },
};

export function kindEntry(kind: string): NotificationKindEntry {
  return Object.hasOwn(notificationKinds, kind) ? notificationKinds[kind as NotificationKind] : unknownKind;
}
