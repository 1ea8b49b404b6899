import { errorText } from '../../base/errors.ts';
import type { Database } from '../../db/index.ts';
import { type DeliveryOptions, deliverDue } from './deliver.ts';
import { deliveryChannel } from './tell.ts';

/** Deliveries that are due again are looked for this often; new ones are heard of at once. */
const pauseMs = 15_000;

/** Delivers webhooks of the desk, on as many nodes as there are. Returns what ends it. */
export async function startDelivering(
  database: Pick<Database, 'listen'>,
  options: DeliveryOptions,
): Promise<{ stop(): Promise<void> }> {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await deliverDue(options).catch((error: unknown) =>
        options.log.warn({ reason: errorText(error) }, 'webhooks of the desk could not be delivered'),
      );
    } while (again && !stopped);
    running = null;
  };
  const wake = (): void => {
    again = true;
    if (!stopped) running ??= run();
  };
  const stopListening = await database.listen(deliveryChannel, wake, wake);
  const timer = setInterval(wake, pauseMs).unref();
  wake();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await stopListening();
      await running;
    },
  };
}
