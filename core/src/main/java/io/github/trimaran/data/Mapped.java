package io.github.trimaran.data;

import java.util.Iterator;
import java.util.function.Function;

/**
 * What another iterable gives, each changed when it is asked for.
 *
 * @param all what is changed
 * @param change is made once for each element
 */
record Mapped<T, R>(Iterable<T> all, Function<? super T, ? extends R> change)
    implements Iterable<R> {

  @Override
  public Iterator<R> iterator() {
    Iterator<T> plain = all.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return plain.hasNext();
      }

      @Override
      public R next() {
        return change.apply(plain.next());
      }
    };
  }
}
