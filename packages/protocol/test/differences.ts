/**
 * The fields in which `Here` differs from `There`, as a union of texts such as `"voice: wider"`. `narrower`: what
 * fits here fits there, but not the other way round; `wider`: the reverse; `different`: neither; `added` and
 * `missing`: the field is only here or only there. Whether a field may be left out counts as well.
 */
export type Differences<Here, There> = {
  [K in Names<Here, There>]: [Difference<Here, There, K>] extends [never]
    ? never
    : `${K}: ${Difference<Here, There, K>}`;
}[Names<Here, There>];

type Names<Here, There> = (keyof Here | keyof There) & string;

type Difference<Here, There, K> = K extends keyof Here
  ? K extends keyof There
    ? Compared<Pick<Here, K>, Pick<There, K>>
    : "added"
  : "missing";

type Compared<Here, There> = [Here] extends [There]
  ? [There] extends [Here]
    ? never
    : "narrower"
  : [There] extends [Here]
    ? "wider"
    : "different";
