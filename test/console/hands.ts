import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** How somebody works with a page: with a mouse, or with the keyboard alone. */
export interface Hands {
  press(target: Locator): Promise<void>;
  fill(target: Locator, text: string): Promise<void>;
  check(target: Locator): Promise<void>;
  /** One of a set of radio buttons. */
  choose(target: Locator): Promise<void>;
  /** An item of a menu that was just opened. */
  pick(target: Locator): Promise<void>;
}

export function mouse(): Hands {
  const press = (target: Locator) => target.click();
  return {
    press,
    fill: (target, text) => target.fill(text),
    check: (target) => target.check(),
    // Radio buttons may be drawn by their labels; a person clicks those.
    choose: (target) => target.locator('xpath=ancestor::label').click(),
    pick: press,
  };
}

/** More stops than any page has between two things that somebody wants. */
const mostStops = 150;

/** Tab, arrows, Space and Enter: what cannot be reached with them cannot be reached. */
export function keyboard(page: Page): Hands {
  const isFocused = (target: Locator) => target.evaluate((element) => element === element.ownerDocument.activeElement);
  const reach = async (target: Locator, key = 'Tab'): Promise<void> => {
    await target.waitFor();
    for (let stops = 0; stops < mostStops; stops++) {
      if (await isFocused(target)) return;
      await page.keyboard.press(key);
    }
    expect.fail(`${key} does not lead to ${target}`);
  };
  /** A set of radio buttons is one stop, at the chosen one or at the first. */
  const reachRadio = async (target: Locator): Promise<void> => {
    const isAmong = () =>
      target.evaluate((element) => {
        const { activeElement } = element.ownerDocument;
        return activeElement?.getAttribute('name') === element.getAttribute('name');
      });
    await target.waitFor({ state: 'attached' });
    for (let stops = 0; stops < mostStops && !(await isAmong()); stops++) await page.keyboard.press('Tab');
    await reach(target, 'ArrowDown');
  };
  return {
    async press(target) {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    async fill(target, text) {
      await reach(target);
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    },
    async check(target) {
      await reach(target);
      if (!(await target.isChecked())) await page.keyboard.press('Space');
    },
    async choose(target) {
      await reachRadio(target);
      if (!(await target.isChecked())) await page.keyboard.press('Space');
    },
    async pick(target) {
      await reach(target, 'ArrowDown');
      await page.keyboard.press('Enter');
    },
  };
}
