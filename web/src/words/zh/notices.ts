import type { notices as english } from '../en/notices.ts';
import type { WordsOf } from '../index.ts';

export const notices = {
  all: '全部通知',
  allTab: '全部',
  announcements: '公告',
  announcementsEmpty: '暂无公告',
  announcementsEmptyText: '站点运营方面向所有人的公告会显示在这里。',
  bell: '通知',
  bellUnread: '通知：{count, number} 条未读',
  description: '与您的账户、密钥和组织有关的动态。',
  dismiss: '收起',
  empty: '暂无动态',
  emptyText: '新设备登录、账户变更，以及他人对您的密钥和角色所做的操作，都会显示在这里。',
  emptyUnread: '没有未读通知',
  ended: '已结束',
  levels: { info: '提示', warning: '警告', security: '安全', critical: '紧急' },
  list: '通知（最新的在前）',
  markAllRead: '全部标为已读',
  more: '99+',
  open: '查看',
  read: '已标为已读。',
  since: '发布于 <time></time>',
  tabs: '显示范围',
  unread: '未读',
} satisfies WordsOf<typeof english>;
