//DEPS io.github.trimaran:trimaran-cpu:0.1.0
//JAVA 17+
//RUNTIME_OPTIONS --add-modules=jdk.incubator.vector

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.nn.*;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Trainer;

public class Digits {
  public static void main(String... args) throws Exception {
    TrainTest digits = EmbeddedDigits.trainTest(2_000, 1_000);
    Sequential model = new Sequential(
        new Conv2d(1, 16, 5).padding(2), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(16 * 14 * 14, 10));
    model.init(Backends.get("cpu"), DType.FLOAT32, Rng.seeded(29));
    Trainer trainer = Trainer.builder(model, new Adam(model.parameters(), 1e-3)).build();
    trainer.fit(Batches.shuffled(digits.train(), 50, Rng.seeded(1)), 2);
    System.out.println(Evaluator.plain().evaluate(model, Batches.inOrder(digits.test(), 500)).accuracy());
  }
}
