// Words that make a question of what is searched, or only hold a sentence together. They are searched too, but say
// little: whatever else is asked for decides. Longer ones first, so that 为什么 is not taken for 什么 alone.
const chinese = [
  '是不是,有没有,能不能,会不会,可不可以,要不要,怎么办,怎么样,怎么回事,为什么,是什么,什么时候,什么地方,什么样',
  '请问,请教,麻烦,帮忙,想问,你好,您好,大家,谢谢,如何,怎么,怎样,为何,为啥,哪些,哪个,哪里,哪儿,哪年,哪种,哪位',
  '哪一,什么,多少,多大,多久,几个,几年,谁的,可以,能够,应该,需要,如果,因为,所以,但是,而且,或者,以及,还是,就是,只是',
  '我们,你们,他们,她们,它们,咱们,自己,这个,那个,这些,那些,这里,那里,这样,那样,一个,一下,一些,有些,已经',
  '的,了,吗,呢,吧,啊,呀,么,着,是,在,和,与,及,或,也,都,就,被,把,给,让,对,从,到,向,于,以,之,其,此,谁,哪,几,啥,我,你,您,他,她,它',
].flatMap((line) => line.split(','));

const english = new Set(
  (
    'a an and are as at be been but by can cannot could did do does for from had has have he her his how i if in into is it its me ' +
    'my no not of on or our please she should so than that the their them then there these they this those to was we were what ' +
    'when where which who whom whose why will with would you your about after all also any because been before being both each ' +
    'hello hi dear thanks thank regards team'
  ).split(' '),
);

const chineseWords = new RegExp(chinese.sort((a, b) => b.length - a.length).join('|'), 'g');

/** For each UTF-16 unit of a folded text whether it belongs to a question or filling word. */
export function fillingIn(folded: string): boolean[] {
  const filling = new Array<boolean>(folded.length).fill(false);
  for (const { 0: word, index } of folded.matchAll(chineseWords))
    filling.fill(true, index, index + word.length);
  for (const { 0: word, index } of folded.matchAll(/[a-z]+/g)) {
    if (english.has(word)) filling.fill(true, index, index + word.length);
  }
  return filling;
}
