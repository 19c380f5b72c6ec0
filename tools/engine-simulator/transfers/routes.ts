import type { Api } from '../api';
import { demand, demandAdministrator } from '../people/rights';
import { complete, ok, refuse, type Answer } from '../rest/answer';
import { itemOf, pathId, type Call } from '../rest/call';
import { SYSTEM_ID } from '../seeds';
import { cancel, finalize } from './course';
import type { SimTransfer, TransferPhase } from './data';
import { transferOf } from './representation';
import { startTransfer } from './start';

const PAUSED: TransferPhase[] = ['paused_user', 'paused_system'];
const OPEN: TransferPhase[] = ['transferring', 'resuming', ...PAUSED];

/** `/imagetransfers` and their commands. */
export function register(api: Api): void {
  const { engine, base } = api;
  const { data } = engine;
  if (engine.personality.major < 4) return;
  api.get('/imagetransfers', (call) => {
    demandAdministrator(call);
    return ok({ image_transfer: data.transfers.map((transfer) => transferOf(engine, base, transfer)) });
  });
  api.get('/imagetransfers/:id', (call) => ok(transferOf(engine, base, itemOf(data.transfers, pathId(call)))));
  api.post('/imagetransfers', 'ImageTransfer', startTransfer);
  on(api, 'finalize', async (call, transfer) => {
    if (OPEN.includes(transfer.phase)) await finalize(call, transfer);
  });
  on(api, 'cancel', (call, transfer) => {
    if (OPEN.includes(transfer.phase)) cancel(call, transfer, 'cancelled_user');
  });
  on(api, 'pause', (_call, transfer) => pause(transfer));
  on(api, 'resume', (call, transfer) => resume(call, transfer));
  on(api, 'extend', (_call, transfer) => {
    const ticket = engine.imageio.find(transfer.ticketId);
    if (ticket) ticket.lastUsedAt = engine.clock.now();
  });
}

/** Whatever the state is, and whether there is such a transfer, nobody hears of it; the right is asked for on System. */
function on(api: Api, name: string, act: (call: Call, transfer: SimTransfer) => void | Promise<void>): void {
  api.post(`/imagetransfers/:id/${name}`, 'Action', async (call): Promise<Answer> => {
    demand(call, 'create_disk', [{ on: 'system', id: SYSTEM_ID }]);
    const transfer = api.engine.data.transfers.find(({ id }) => id === pathId(call));
    if (transfer) await act(call, transfer);
    return complete(api.base);
  });
}

function pause(transfer: SimTransfer): void {
  if (transfer.direction === 'download') {
    const text =
      "Cannot pause image download as it's handled by the client. Note that it can be canceled if you wish to stop it.";
    throw refuse(400, text);
  }
  if (transfer.phase === 'transferring') transfer.phase = 'paused_user';
}

function resume({ engine }: Call, transfer: SimTransfer): void {
  if (!PAUSED.includes(transfer.phase)) {
    throw refuse(409, "Cannot resume image transfer as it's not in a paused state.");
  }
  transfer.phase = 'resuming';
  engine.clock.after(engine.timing.transferResume, () => {
    if (transfer.phase === 'resuming') transfer.phase = 'transferring';
  });
}
