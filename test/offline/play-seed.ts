import { setTimeout as sleep } from 'node:timers/promises';
import type { Visit } from '#domain/visits/visit.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { deskAct } from './desk-act.ts';
import { Fieldworker } from './fieldworker.ts';
import { type Figure, isPlain, type Played, withoutReason } from './figure.ts';
import { type Deed, type Judgement, judge } from './judge.ts';
import { noise } from './noise.ts';
import { Phone } from './phone.ts';
import { randomFrom } from './random-acts.ts';
import { done, type Person, type Scene, setScene } from './scene.ts';
import { type DeskStep, type Plan, planOf, type Step } from './seed-plan.ts';
import { type Stage, setStage } from './stage.ts';

/** One run from its seed. `tell` hears what is done, step by step. */
export async function playSeed(seed: number, tell: (said: string) => void): Promise<Played> {
  const plan = planOf(seed);
  const began = Date.now();
  const closing: (() => Promise<unknown>)[] = [];
  const since = (said: string) => tell(`${((Date.now() - began) / 1000).toFixed(1)} s ${said}`);
  try {
    const stage = await setStage();
    closing.push(() => stage.end());
    const scene = await setScene(stage);
    const run = new Run({ seed, plan, stage, scene, tell: since, closing });
    return await run.play(began);
  } finally {
    for (const close of closing.reverse()) await close().catch((error) => console.error(error));
  }
}

class Run {
  private readonly seed: number;
  private readonly plan: Plan;
  private readonly stage: Stage;
  private readonly scene: Scene;
  private readonly tell: (said: string) => void;
  private readonly closing: (() => Promise<unknown>)[];
  private readonly deskDeeds: Deed[] = [];
  private readonly complaints: string[] = [];
  private serverKills = 0;
  private isOver = false;
  private wasWithdrawn = false;
  private isHandedOver = false;

  constructor(parts: {
    seed: number;
    plan: Plan;
    stage: Stage;
    scene: Scene;
    tell: (said: string) => void;
    closing: (() => Promise<unknown>)[];
  }) {
    this.seed = parts.seed;
    this.plan = parts.plan;
    this.stage = parts.stage;
    this.scene = parts.scene;
    this.tell = parts.tell;
    this.closing = parts.closing;
  }

  async play(began: number): Promise<Played> {
    const { plan, scene } = this;
    const first = await this.hire('A', scene.engineer, plan.clocksOffMs[0]);
    const second = await this.hire(
      'B',
      plan.cast === 'same' ? scene.engineer : scene.colleague,
      plan.clocksOffMs[1],
    );
    this.tell('the phones begin');
    await Promise.all([first.begin(), second.begin()]);
    await first.toVisit();
    this.tell('they are on board');
    for (const act of ['depart', 'arrive', 'start'] as const) await first.tapMain(act);
    await this.hearsOf(() => this.visit().then(({ state }) => state === 'working'));
    if (plan.cast === 'same') await second.toVisit({ atWork: true });
    const handedOver = plan.cast === 'same' ? Promise.resolve() : this.handover(second);
    await Promise.all([
      this.work(first, 0),
      handedOver.then(() => this.work(second, 1)),
      this.dispatch().finally(() => {}),
    ]);
    this.isOver = true;
    return this.reckon([first, second], began).catch(async (error) => {
      // What went wrong before tells why it ended so.
      for (const worker of [first, second])
        this.complaints.push(
          `${worker.name} sees: ${await worker.screenWords().catch(() => 'nothing, it is off')}`,
        );
      throw new Error(`${this.complaints.join('\n')}\n${error}`);
    });
  }

  private async hire(name: string, person: Person, clockOffMs: number): Promise<Fieldworker> {
    const wire = await CuttingProxy.begin({ host: '127.0.0.1', port: this.stage.server.port });
    const phone = new Phone({ url: wire.url, clockOffMs });
    this.closing.push(async () => {
      await phone.end();
      await wire.end();
    });
    const random = randomFrom(this.seed * 31 + name.charCodeAt(0));
    return new Fieldworker({
      name: `${name}${this.seed}`,
      email: person.email,
      phone,
      wire,
      visitId: this.scene.visitId,
      takePhoto: () => noise(random),
      tell: this.tell,
      // Its engineer surely may, for as long as they are an engineer and it is theirs.
      mayAct: () => person !== this.scene.engineer || !(this.wasWithdrawn || this.isHandedOver),
    });
  }

  /** All steps of one phone; before some, the world around it changes. */
  private async work(worker: Fieldworker, index: 0 | 1): Promise<void> {
    for (const [at, step] of this.plan.steps[index].entries()) {
      if (index === 0) await this.befall(at);
      else await this.waitForPermission();
      try {
        const isDone = await worker.take(step);
        if (!isDone && this.mayAgain(index)) await this.hearThatTheyMay(worker, step);
      } catch (first) {
        // A server that starts on a busy machine takes its time; a person waits, and does it then.
        const why = (first as Error).message.split('\n').slice(0, 14).join(' ');
        const seen = await worker.screenWords().catch(() => 'off');
        this.tell(
          `${worker.name}: once more, ${why} ${(first as Error).stack?.match(/(?<=Fieldworker\.)\w+/g)}; ${seen}`,
        );
        await this.onceMore(worker, { at, step });
      }
    }
    this.stepsOfFirst = index === 0 ? Number.POSITIVE_INFINITY : this.stepsOfFirst;
  }

  private async onceMore(worker: Fieldworker, { at, step }: { at: number; step: Step }): Promise<void> {
    try {
      if (worker.phone.isOn) await worker.toVisit();
      await worker.take({ ...step, trouble: { network: null, answersToLose: 0, kill: null, reload: false } });
    } catch (error) {
      const sentence = (error as Error).message.split('\n').slice(0, 4).join(' ');
      const seen = await worker.screenWords().catch(() => 'off');
      this.complaints.push(
        `${worker.name} is stuck at step ${at} (${step.kind}): ${sentence}\nThe screen: ${seen}`,
      );
    }
  }

  private stepsOfFirst = 0;
  private isWithdrawn = false;
  private triedWithout = 0;

  /** Whoever sees that they may not act tries a few times and then waits: the second phone would soon have nothing left to do. */
  private async waitForPermission(): Promise<void> {
    if (this.isWithdrawn && this.triedWithout++ >= 3)
      await this.hearsOf(async () => !this.isWithdrawn, 60_000).catch(() => {});
  }

  private mayAgain(index: 0 | 1): boolean {
    return this.wasWithdrawn && !this.isWithdrawn && !(index === 0 && this.isHandedOver);
  }

  /** Permission that came back is heard of where there is a network: a person goes there, and does then what they meant to. */
  private async hearThatTheyMay(worker: Fieldworker, step: Step): Promise<void> {
    worker.wire.become({ is: 'open' });
    const trouble = { ...step.trouble, network: null, reload: false };
    for (let tries = 0; tries < 10; tries += 1) if (await worker.take({ ...step, trouble })) return;
  }

  private async befall(at: number): Promise<void> {
    const { plan, stage, scene } = this;
    this.stepsOfFirst = at;
    if (plan.serverKillsAt.includes(at)) {
      this.tell('the server is killed');
      await stage.server.kill();
      this.serverKills += 1;
      void stage.server.start().catch((error) => this.complaints.push(String(error)));
    }
    if (plan.sessionEndsAt === at) {
      this.tell('sessions end');
      await stage.query(
        `update sessions set expires_at = now() - interval '1 minute' where user_id in ($1, $2)`,
        [scene.engineer.id, scene.colleague.id],
      );
    }
    if (plan.withdrawnAt === at) await this.setRoles(['sales']);
    if (plan.givenBackAt === at) await this.setRoles(['engineer']);
  }

  private async setRoles(roles: string[]): Promise<void> {
    this.tell(`the engineer is ${roles.join()}`);
    // Given back, it is not known on the phone before there is a network again.
    this.isWithdrawn = !roles.includes('engineer');
    if (this.isWithdrawn) this.wasWithdrawn = true;
    await this.stage.query('update users set roles = $2 where id = $1', [this.scene.engineer.id, roles]);
  }

  /** The colleague gets the visit when the first has done so much, and begins. */
  private async handover(second: Fieldworker): Promise<void> {
    await this.hearsOf(async () => this.stepsOfFirst >= (this.plan.handoverAt ?? 0), 600_000);
    this.tell('the visit goes to the colleague');
    this.isHandedOver = true;
    const { dispatcher, colleague, visitId } = this.scene;
    await done(
      dispatcher.post(`/api/visits/${visitId}/reassign`, {
        engineer_id: colleague.id,
        engineer_name: colleague.name,
      }),
    );
    await second.toVisit();
  }

  /** The dispatcher at the desk, through the API, in the pauses that the plan says. */
  private async dispatch(): Promise<void> {
    for (const step of this.plan.desk) {
      await sleep(step.pauseMs);
      await this.dispatchOne(step);
    }
  }

  private async dispatchOne(step: DeskStep): Promise<void> {
    const { dispatcher, visitId } = this.scene;
    const { visit } = await dispatcher.get<{ visit: Visit }>(`/api/visits/${visitId}`);
    const mark = `[desk${this.seed}.${this.deskDeeds.length + 1}]`;
    const deed: Deed = {
      ...{ who: 'desk', what: step.kind, mark, at: Date.now(), confirmed: false, photo: null },
      makes: step.kind === 'note',
    };
    const act = deskAct(step, visit, mark);
    if (!act) return;
    const { status, body } = await dispatcher.post<unknown>(`/api/visits/${visitId}/${act.name}`, act.body);
    if (status === 409) this.tell(`desk: ${step.kind} ${JSON.stringify(body)}`);
    else if (status >= 300) this.complaints.push(`desk ${step.kind}: ${status} ${JSON.stringify(body)}`);
    deed.confirmed = status < 300 && step.kind !== 'settle';
    this.deskDeeds.push(deed);
    this.tell(`desk: ${step.kind} ${mark}`);
  }

  private async visit(): Promise<Visit> {
    const { visit } = await this.scene.dispatcher.get<{ visit: Visit }>(`/api/visits/${this.scene.visitId}`);
    return visit;
  }

  private async hearsOf(isSo: () => Promise<boolean>, limitMs = 20_000): Promise<void> {
    for (let waited = 0; waited < limitMs && !this.isOver; waited += 100) {
      if (await isSo()) return;
      await sleep(100);
    }
    throw new Error('waited for in vain');
  }

  /** All is well again, everybody comes home; then what they did is held against what stands. */
  private async reckon(workers: Fieldworker[], began: number): Promise<Played> {
    const { scene, stage } = this;
    await this.setRoles(['engineer']);
    const onScreens: string[] = [];
    let refused = 0;
    await Promise.all(
      workers.map(async (worker) => {
        const { said, isCalm } = await worker.comeHome();
        this.tell(`${worker.name} at home: ${said}`);
        if (!isCalm) this.complaints.push(`${worker.name} is at home, and the screen says: ${said}`);
        const shown = await worker.refusedOnScreen();
        onScreens.push(...shown);
        refused += shown.length;
      }),
    );
    // Whoever came home first has not seen what the others brought.
    let conflicts = 0;
    const deeds = [...workers.flatMap((worker) => worker.deeds), ...this.deskDeeds];
    const judged = await judge(stage, {
      ...{ visitId: scene.visitId, deeds, onScreens, caller: scene.dispatcher },
      wordless: workers.flatMap((worker) => worker.wordless),
    });
    for (const worker of workers) {
      const shown = await this.clashesSeenBy(worker, judged.openClashes);
      if (shown !== judged.openClashes)
        this.complaints.push(`${worker.name} sees ${shown} clashes of ${judged.openClashes} that are open`);
      conflicts = Math.max(conflicts, shown);
    }
    return this.figureOf(workers, { judged, deeds, refused, conflicts, began });
  }

  private async clashesSeenBy(worker: Fieldworker, open: number): Promise<number> {
    let shown = await worker.clashesOnScreen();
    for (let waited = 0; shown !== open && waited < 10_000; waited += 250) {
      await sleep(250);
      shown = await worker.clashesOnScreen();
    }
    return shown;
  }

  private async figureOf(
    workers: Fieldworker[],
    found: { judged: Judgement; deeds: Deed[]; refused: number; conflicts: number; began: number },
  ): Promise<Played> {
    const { judged, deeds } = found;
    const { rows } = await this.stage.query(
      'select count(*)::int as kept from quarantined_acts where visit_id = $1',
      [this.scene.visitId],
    );
    const sum = (of: (worker: Fieldworker) => number) => workers.reduce((total, one) => total + of(one), 0);
    const turnedDown = workers.flatMap(({ name, turnedDown }) =>
      turnedDown.map((said) => `${name}: ${said}`),
    );
    const figure: Figure = {
      figure: 'offline.trial',
      seed: this.seed,
      operations: deeds.length,
      photos: deeds.filter(({ photo }) => photo !== null).length,
      kills: sum(({ phone }) => phone.kills) + this.serverKills,
      lost: judged.lost.length,
      doubled: judged.doubled.length,
      conflicts_shown: found.conflicts,
      refused_shown: found.refused,
      clocks_wrong: judged.wrongClocks.length,
      quarantined: rows[0].kept,
      answers_lost: sum(({ wire }) => wire.answersLost),
      turned_down: turnedDown.length,
      seconds: Math.round((Date.now() - found.began) / 1000),
    };
    // A run in which little was done proves little.
    if (figure.operations < 60 || figure.photos < 10) this.complaints.push('too little was played');
    if (isPlain(this.plan)) this.complaints.push(...withoutReason(figure));
    const complaints = [
      ...judged.lost.map((said) => `lost: ${said}`),
      ...judged.doubled.map((said) => `doubled: ${said}`),
      ...judged.wrongClocks.map((said) => `clock: ${said}`),
      ...turnedDown.map((said) => `turned down: ${said}`),
      ...this.complaints,
    ];
    return { figure, complaints };
  }
}
