import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { limits } from '../../base/limits.ts';
import { type Scene, setScene } from './testing/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.drop());
beforeEach(() => scene.reset());

test('a site that would answer too much holds back, and tells those at the desk once', async () => {
  await scene.pool.query(`update accounts set staff_role = 'support' where id = 'acc_dev'`);
  await scene.pool.query(
    `insert into outbox (id, kind, recipient, locale, subject, text_body, html_body, message_id, created_at)
     select 'mail_' || n, 'ticket-answer', 'a@d' || n || '.test', 'en', 's', 't', 'h', '<' || n || '@d>', $1
     from generate_series(1, $2::int) n`,
    [new Date(scene.clock.now()), limits.answersPerMinute],
  );
  for (let count = 0; count < 2; count++) await scene.answer(await scene.arrive('acc_owner', await scene.call()));
  const { rows } = await scene.pool.query(`select account_id from notifications where kind = 'answers-braked'`);
  expect(rows).toEqual([{ account_id: 'acc_dev' }]);
  const answers = await scene.pool.query(`select 1 from outbox where recipient = 'acc_owner@customer.test'`);
  expect(answers.rowCount).toBe(0);
});
