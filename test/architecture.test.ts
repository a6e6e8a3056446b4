// Keeps ARCHITECTURE.md true. Each rule is a test of its own and names its offenders.
import './architecture/borders.ts';
import './architecture/acts.ts';
import './architecture/names.ts';
import './architecture/sentences.ts';
import './architecture/papers.ts';
