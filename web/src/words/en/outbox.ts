/** The built-in outbox: mail of a site without a relay. */
export const outbox = {
  back: 'All mail',
  closed: 'Mail is not shown here',
  closedText: 'Only a site without a mail relay shows its mail, and only to the machine that it runs on.',
  description:
    'No mail relay is set up, so mail waits here instead of going out. It is shown to this machine alone, and only until a relay is set: see LODGE_MAIL_RELAY.',
  empty: 'No mail yet',
  emptyText: 'Register an account or ask for a new password: the mail appears here by itself.',
  frame: 'The mail as its reader would see it',
  from: 'To {recipient}',
  leaves: 'Leaves',
  list: 'Mail, newest first',
  open: 'Open the link of this mail',
  signIn: 'To sign-in',
  title: 'Built-in outbox',
  views: { label: 'How the mail is shown', html: 'As sent', text: 'Text' },
} as const;
