// Holds a throw-away PostgreSQL for the scripts: prints its address, and ends it when standard input ends.
import { migrate } from '#server/platform/db/migrate.ts';
import { startTestCluster } from './cluster.ts';

const cluster = await startTestCluster(process.argv.includes('debian-15') ? 'debian-15' : 'embedded');
if (process.argv.includes('--migrated')) await migrate({ url: cluster.url });
console.log(cluster.url);
// Ctrl-C reaches the whole group; the script that asked for the cluster decides when it ends.
process.on('SIGINT', () => {});
for await (const _ of process.stdin);
await cluster.stop();
