import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test as base } from './fixtures.ts';

/** The composer, as a person has it. */
class ComposerPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async go(): Promise<void> {
    await this.page.getByRole('link', { name: 'Compose' }).click();
    await expect(this.text).toContainText('PPSPTrackerProtocol');
  }

  /** The editor's own, in its shadow tree. */
  get text(): Locator {
    return this.page.getByRole('textbox', { name: 'Message as text' });
  }

  get form(): Locator {
    return this.page.getByRole('region', { name: 'Form' });
  }

  get answer(): Locator {
    return this.page.getByRole('region', { name: 'Answer' });
  }

  get history(): Locator {
    return this.page.getByRole('region', { name: 'History' }).getByRole('listitem');
  }

  get send(): Locator {
    return this.page.getByRole('button', { name: /^Send( [\d,]+ times)?$/ });
  }
}

const test = base.extend<{ readonly composer: ComposerPage }>({
  composer: async ({ dashboard }, lend) => {
    const composer = new ComposerPage(dashboard.page);
    await composer.go();
    await lend(composer);
    // Nothing was refused by the page's policy, the editor's style sheets least of all.
    expect(dashboard.complaints.filter((one) => /Content Security Policy/.test(one))).toEqual([]);
  },
});

test('a message by form is answered, is on the wire once, and any exchange can be edited', async ({
  composer,
  page,
}) => {
  await composer.form.getByLabel('peer_id').fill('composed-peer');
  await composer.form.getByLabel('swarm_id').fill('by-hand');
  await expect(composer.text).toContainText('"swarm_id": "by-hand"');
  await expect(page.getByText('RFC 7846 CONNECT request: conforms.').first()).toBeVisible();
  await composer.send.click();
  await expect(composer.answer.getByText('200 OK')).toBeVisible();
  expect((await new AxeBuilder({ page }).include('.compose').analyze()).violations).toEqual([]);

  await page.getByRole('link', { name: 'Wire' }).click();
  await page.getByPlaceholder(/find/i).fill('composed-peer');
  const rows = page.getByRole('grid', { name: 'Exchanges' }).locator('.wire-rows [data-row]');
  await expect(rows.getByText('composer', { exact: true })).toHaveCount(1);
  // Its own tracker tells of it too: twice would be one too many, and late.
  await expect(rows).toHaveCount(1);

  await rows.first().click();
  await page.getByRole('button', { name: 'edit and resend' }).click();
  await expect(composer.form.getByLabel('peer_id')).toHaveValue('composed-peer');
  await composer.form.getByLabel('action', { exact: true }).selectOption('LEAVE');
  await expect(composer.text).toContainText('"LEAVE"');
});

test('a message by hand gets its verdicts while it is typed, and the tracker’s error', async ({
  composer,
  page,
}) => {
  await composer.text.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('{"PPSPTrackerProtocol": {"version": 1, "request_type": "DANCE"');
  const verdict = page.getByRole('button', { name: /request_type is not CONNECT or FIND or STAT_REPORT/ });
  await expect(verdict).toContainText('RFC 7846 §3.3.1');
  await expect(composer.form).toContainText('no message that a form could stand for');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(composer.answer.getByText('400 Bad Request').first()).toBeVisible();

  await page.getByRole('group', { name: 'Start' }).getByLabel('Edition').selectOption('base-1.0');
  await expect(composer.text).toContainText('<Request>CONNECT</Request>');
  await page.getByText('Malformed on purpose').click();
  await page.getByLabel(/Content-Type that is none/).check();
  await composer.send.click();
  await expect(composer.answer.getByText('415 Unsupported Media Type').first()).toBeVisible();
});

test('a message goes out many times, and the sending is called off', async ({ composer, page }) => {
  await page.getByLabel('Times').fill('50');
  await composer.send.click();
  await expect(page.getByText(/^50 requests sent: /)).toBeVisible();
  await expect(composer.history).toHaveCount(50);

  await page.getByLabel('Times').fill('10000');
  await page.getByLabel('Pace').selectOption('interval');
  await composer.send.click();
  await expect(page.getByRole('progressbar', { name: 'Requests answered' })).toBeVisible();
  await expect(composer.history).not.toHaveCount(50);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/^Cancelled\. \d+ requests? sent/)).toBeVisible();
});
