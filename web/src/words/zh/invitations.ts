import type { invitations as english } from '../en/invitations.ts';
import type { WordsOf } from '../index.ts';

export const invitations = {
  accept: '接受',
  accepted: '您已成为 {organization} 的成员。',
  decline: '拒绝',
  declineConsequence: '拒绝后链接即失效，{organization} 可以再次邀请您。',
  declined: '您已拒绝该邀请。',
  declineTitle: '拒绝加入 {organization} 的邀请？',
  description: '正在等待您答复的组织。',
  empty: '没有邀请',
  emptyText: '有人邀请您加入组织时，会显示在这里，并发送邮件通知您。',
  expires: '有效期至 <time></time>',
  forOther: '该邀请发送给 <b>{invited}</b>，而您当前登录的账户是 <b>{email}</b>。',
  forOtherText: '请退出登录，改用该邮箱的账户登录；或请对方重新邀请您当前的邮箱。',
  gone: '该邀请已失效',
  invitedBy: '{inviter} 邀请您加入。',
  invitedByNobody: '您被邀请加入。',
  register: '创建账户',
  roles: '角色：{roles}',
  roleNames: { owner: '所有者', admin: '管理员', billing: '财务', developer: '开发者', viewer: '只读成员' },
  signIn: '登录后答复',
  signOut: '退出登录',
  title: '加入 {organization} 的邀请',
  toConsole: '进入控制台',
  toWhom: '该邀请发送给 <b>{email}</b>。请使用该邮箱的账户登录，或用它创建账户。',
} satisfies WordsOf<typeof english>;
