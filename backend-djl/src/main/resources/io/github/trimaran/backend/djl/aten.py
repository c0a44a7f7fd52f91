# What DJL's own interface lacks, over PyTorch's ATen operations, in TorchScript.
#
# TorchScript is a typed subset of Python that PyTorch itself compiles: no Python is involved. The
# loader wants every operation as torch.NAME. Names and argument orders are ATen's.
#
# Where a layout is passed, 0 is PyTorch's contiguous [N, C, H, W] and 2 its channels-last, in
# which the channels of a pixel lie side by side in memory. A layout changes no value.
class Aten(Module):
  __parameters__ = []
  __buffers__ = []

  # ---- memory -----------------------------------------------------------------------------------

  def dense_on_host(self, a: Tensor) -> Tensor:
    return self.full_precision(torch.contiguous(torch.cpu(a)))

  def to_device(self, a: Tensor, device: str) -> Tensor:
    return torch.to(a, torch.device(device))

  # A broadcast or permuted array gets dense memory of its own, so that it can be written to.
  def own_memory(self, arrays: List[Tensor]) -> None:
    for a in arrays:
      if not torch.is_contiguous(a):
        torch.set_(a, torch.contiguous(a))

  # The value is copied first if it isn't dense: it might be a permuted view of the target.
  def assign(self, target: Tensor, value: Tensor) -> Tensor:
    self.own_memory([target])
    return torch.copy_(target, torch.contiguous(value))

  # For an update in place on native memory: the gradient, dense.
  def prepare_update(self, changed: List[Tensor], gradient: Tensor) -> Tensor:
    self.own_memory(changed)
    return torch.contiguous(self.full_precision(gradient))

  # ---- precision --------------------------------------------------------------------------------
  # In mixed precision images are bfloat16 (dtype 15) from the first convolution on. Elementwise
  # operations keep that, and give float32 (dtype 6) where an operand is.

  def full_precision(self, a: Tensor) -> Tensor:
    if ops.prim.dtype(a) == 15:
      return torch.to(a, 6)
    return a

  def copy(self, a: Tensor) -> Tensor:
    if ops.prim.dtype(a) == 15:
      return torch.to(a, 6)
    return torch.contiguous(torch.clone(a))

  def operand(self, a: Tensor, half: bool) -> Tensor:
    if half:
      return torch.to(a, 15)
    return self.full_precision(a)

  # ---- elementwise ------------------------------------------------------------------------------

  def add_scalar(self, a: Tensor, c: float) -> Tensor:
    return torch.add(a, c)

  def mul_scalar(self, a: Tensor, c: float) -> Tensor:
    return torch.mul(a, c)

  def div_scalar(self, a: Tensor, c: float) -> Tensor:
    return torch.div(a, c)

  def pow_scalar(self, a: Tensor, c: float) -> Tensor:
    return torch.pow(a, c)

  # Math.pow, unlike C's pow, is NaN for a base of 1 or -1 and an exponent that is not finite.
  def pow(self, a: Tensor, b: Tensor) -> Tensor:
    power = torch.pow(a, b)
    finite = torch.isfinite(b)
    if bool(torch.all(finite)):
      return power
    odd = torch.logical_and(torch.eq(torch.abs(a), 1), torch.logical_not(finite))
    return torch.masked_fill(power, odd, nan)

  # torch.sign gives 0 for NaN.
  def sign(self, a: Tensor) -> Tensor:
    return torch.where(torch.ne(a, a), a, torch.sign(a))

  def erf(self, a: Tensor) -> Tensor:
    return torch.erf(a)

  # threshold_backward passes the gradient where the output is NaN; a NaN shows in the sum.
  def relu_grad(self, g: Tensor, y: Tensor) -> Tensor:
    grad = torch.threshold_backward(self.laid_out_like(g, y), y, 0)
    total = torch.sum(y)
    if bool(torch.ne(total, total)):
      return torch.where(torch.gt(y, 0), grad, torch.zeros_like(grad))
    return grad

  def gelu(self, x: Tensor) -> Tensor:
    return torch.gelu(x, approximate="tanh")

  def gelu_grad(self, g: Tensor, x: Tensor) -> Tensor:
    return torch.gelu_backward(self.laid_out_like(g, x), x, approximate="tanh")

  # ---- reduce and move --------------------------------------------------------------------------

  def max(self, a: Tensor, axes: List[int]) -> Tensor:
    return torch.amax(a, axes)

  # Of bfloat16 the sum is float32.
  def sum(self, a: Tensor, axes: List[int]) -> Tensor:
    if ops.prim.dtype(a) == 15:
      return torch.sum(a, axes, False, dtype=6)
    return torch.sum(a, axes)

  def slice(self, a: Tensor, start: List[int], stop: List[int], step: List[int]) -> Tensor:
    part = a
    for d in range(torch.dim(a)):
      part = torch.slice(part, d, start[d], stop[d], step[d])
    return part

  def pad(self, a: Tensor, before: List[int], after: List[int], interior: List[int], value: float) -> Tensor:
    shape: List[int] = []
    spread: List[int] = []
    for d in range(torch.dim(a)):
      n = torch.size(a, d)
      extent = 0
      if n > 0:
        extent = n + (n - 1) * interior[d]
      spread.append(extent)
      shape.append(before[d] + extent + after[d])
    padded = torch.new_full(a, shape, value)
    inner = padded
    for d in range(torch.dim(a)):
      inner = torch.slice(inner, d, before[d], before[d] + spread[d], interior[d] + 1)
    _0 = torch.copy_(inner, a)
    return padded

  # ---- index ------------------------------------------------------------------------------------

  def arg_sort(self, a: Tensor, axis: int) -> Tensor:
    _0, order = torch.sort(a, stable=True, dim=axis, descending=False)
    return order

  def cum_sum(self, a: Tensor, axis: int) -> Tensor:
    return torch.cumsum(self.full_precision(a), axis)

  def gather(self, a: Tensor, axis: int, indices: Tensor) -> Tensor:
    return torch.gather(a, axis, indices)

  def scatter_add(self, values: Tensor, axis: int, indices: Tensor, shape: List[int]) -> Tensor:
    return torch.scatter_add_(torch.new_zeros(values, shape), axis, indices, values)

  # ---- layouts of images ------------------------------------------------------------------------

  # Strides alone don't tell the layout of a single channel: say it by force.
  def laid_out(self, a: Tensor, layout: int) -> Tensor:
    image = torch.contiguous(a, memory_format=layout)
    if layout == 2 and torch.size(a, 1) == 1:
      h = torch.size(a, 2)
      w = torch.size(a, 3)
      return torch.as_strided(image, torch.size(a), [h * w, 1, w, 1])
    return image

  # To be written over.
  def empty_image(self, like: Tensor, shape: List[int], layout: int) -> Tensor:
    if layout == 2:
      n, c, h, w = shape
      return torch.new_empty_strided(like, shape, [c * h * w, 1, w * c, c])
    return torch.new_empty(like, shape)

  # Operands of unlike layouts make elementwise kernels many times slower, and derivatives want their
  # operands in one precision.
  def laid_out_like(self, gradient: Tensor, other: Tensor) -> Tensor:
    a = torch.to(gradient, ops.prim.dtype(other))
    if torch.is_contiguous(other):
      return torch.contiguous(a)
    if torch.dim(other) == 4 and torch.is_contiguous(other, memory_format=2):
      return torch.contiguous(a, memory_format=2)
    return a

  # ---- convolve ---------------------------------------------------------------------------------
  # geometry: stride h w, padding top bottom left right, dilation h w, groups.

  def is_symmetric(self, geometry: List[int]) -> bool:
    return geometry[2] == geometry[3] and geometry[4] == geometry[5]

  def native_padding(self, geometry: List[int]) -> List[int]:
    if self.is_symmetric(geometry):
      return [geometry[2], geometry[4]]
    return [0, 0]

  # PyTorch pads alike on both sides only; what isn't symmetric is padded here.
  def padded(self, a: Tensor, geometry: List[int], layout: int) -> Tensor:
    if self.is_symmetric(geometry):
      return self.laid_out(a, layout)
    return self.laid_out(torch.constant_pad_nd(a, [geometry[4], geometry[5], geometry[2], geometry[3]], 0), layout)

  # The layout is asked of the image alone: of the weight it is always contiguous.

  # The kernels of a direct convolution: no oneDNN, and no NNPACK, which torch.conv2d asks for first
  # elsewhere and which warns at every call where it doesn't know the processor. They know neither
  # groups nor dilation; with dilation, float64 (dtype 7) leads to others that do.
  def is_dilated(self, geometry: List[int]) -> bool:
    return geometry[6] > 1 or geometry[7] > 1

  def direct_convolution(self, x: Tensor, w: Tensor, geometry: List[int]) -> Tensor:
    if self.is_dilated(geometry):
      y = torch.conv2d(torch.to(x, 7), torch.to(w, 7), None, [geometry[0], geometry[1]], self.native_padding(geometry), [geometry[6], geometry[7]], geometry[8])
      return torch.to(y, ops.prim.dtype(x))
    xs = torch.chunk(x, geometry[8], 1)
    ws = torch.chunk(w, geometry[8], 0)
    ys: List[Tensor] = []
    for i in range(geometry[8]):
      y = torch._slow_conv2d_forward(xs[i], ws[i], [torch.size(w, 2), torch.size(w, 3)], None, [geometry[0], geometry[1]], self.native_padding(geometry))
      ys.append(y)
    return torch.cat(ys, 1)

  def direct_convolution_backward(self, g: Tensor, x: Tensor, w: Tensor, geometry: List[int], mask: List[bool]) -> Tuple[Tensor, Tensor]:
    if self.is_dilated(geometry):
      gx, gw, _0 = torch.convolution_backward(torch.to(g, 7), torch.to(x, 7), torch.to(w, 7), None, [geometry[0], geometry[1]], self.native_padding(geometry), [geometry[6], geometry[7]], False, [0, 0], geometry[8], mask)
      if mask[0]:
        return (torch.to(gx, ops.prim.dtype(g)), g)
      return (g, torch.to(gw, ops.prim.dtype(g)))
    gs = torch.chunk(g, geometry[8], 1)
    xs = torch.chunk(x, geometry[8], 1)
    ws = torch.chunk(w, geometry[8], 0)
    gxs: List[Tensor] = []
    gws: List[Tensor] = []
    for i in range(geometry[8]):
      gx, gw, _0 = torch._slow_conv2d_backward(gs[i], xs[i], ws[i], [torch.size(w, 2), torch.size(w, 3)], [geometry[0], geometry[1]], self.native_padding(geometry), mask)
      gxs.append(gx)
      gws.append(gw)
    if mask[0]:
      return (torch.cat(gxs, 1), g)
    return (g, torch.cat(gws, 0))

  def convolve(self, x: Tensor, w: Tensor, geometry: List[int], layout: int, direct: bool, half: bool) -> Tensor:
    image = self.padded(self.operand(x, half), geometry, layout)
    if direct:
      return self.direct_convolution(image, w, geometry)
    return torch.conv2d(image, torch.contiguous(self.operand(w, half)), None, [geometry[0], geometry[1]], self.native_padding(geometry), [geometry[6], geometry[7]], geometry[8])

  # The mask asks for (input, weight, bias). Of the operand whose gradient it is, only the shape
  # counts.
  def convolve_backward(self, g: Tensor, x: Tensor, w: Tensor, geometry: List[int], mask: List[bool], layout: int, direct: bool, half: bool) -> Tuple[Tensor, Tensor]:
    if direct:
      return self.direct_convolution_backward(g, x, w, geometry, mask)
    gx, gw, _0 = torch.convolution_backward(self.laid_out(g, layout), x, torch.contiguous(self.operand(w, half)), None, [geometry[0], geometry[1]], self.native_padding(geometry), [geometry[6], geometry[7]], False, [0, 0], geometry[8], mask)
    return (gx, gw)

  def conv2d(self, x: Tensor, w: Tensor, geometry: List[int], layout: int, direct: bool, half: bool) -> Tensor:
    return self.convolve(x, w, geometry, layout, direct, half)

  def conv2d_bias(self, x: Tensor, w: Tensor, b: Tensor, geometry: List[int], relu: bool, layout: int, direct: bool, half: bool) -> Tensor:
    if direct:
      y = torch.add_(self.convolve(x, w, geometry, layout, direct, half), torch.view(b, [-1, 1, 1]))
    else:
      y = torch.conv2d(self.padded(self.operand(x, half), geometry, layout), torch.contiguous(self.operand(w, half)), self.operand(b, half), [geometry[0], geometry[1]], self.native_padding(geometry), [geometry[6], geometry[7]], geometry[8])
    if relu:
      return torch.relu_(y)
    return y

  def conv2d_input_grad(self, output_grad: Tensor, w: Tensor, shape: List[int], geometry: List[int], layout: int, direct: bool, half: bool) -> Tensor:
    g = self.operand(output_grad, half)
    if self.is_symmetric(geometry):
      x = self.empty_image(g, shape, layout)
      return (self.convolve_backward(g, x, w, geometry, [True, False, False], layout, direct, half))[0]
    n, c, height, width = shape
    bigger = [n, c, height + geometry[2] + geometry[3], width + geometry[4] + geometry[5]]
    x = self.empty_image(g, bigger, layout)
    gx = (self.convolve_backward(g, x, w, geometry, [True, False, False], layout, direct, half))[0]
    rows = torch.slice(gx, 2, geometry[2], geometry[2] + height, 1)
    return torch.slice(rows, 3, geometry[4], geometry[4] + width, 1)

  def conv2d_weight_grad(self, x: Tensor, output_grad: Tensor, shape: List[int], geometry: List[int], layout: int, direct: bool, half: bool) -> Tensor:
    g = self.operand(output_grad, half)
    w = torch.new_empty(g, shape)
    gw = (self.convolve_backward(g, self.padded(self.operand(x, half), geometry, layout), w, geometry, [False, True, False], layout, direct, half))[1]
    return self.full_precision(torch.contiguous(gw))

  # ---- pool -------------------------------------------------------------------------------------
  # window: kernel h w, stride h w, padding h w.

  def avg_pool2d(self, x: Tensor, window: List[int], ceil: bool, include: bool, layout: int) -> Tensor:
    return torch.avg_pool2d(self.laid_out(x, layout), [window[0], window[1]], [window[2], window[3]], [window[4], window[5]], ceil, include)

  def avg_pool2d_grad(self, g: Tensor, shape: List[int], window: List[int], ceil: bool, include: bool, layout: int) -> Tensor:
    x = self.empty_image(g, shape, layout)
    return torch.avg_pool2d_backward(self.laid_out(g, layout), x, [window[0], window[1]], [window[2], window[3]], [window[4], window[5]], ceil, include, None)

  def max_pool2d(self, x: Tensor, window: List[int], ceil: bool, layout: int) -> Tuple[Tensor, Tensor]:
    image = self.laid_out(x, layout)
    kernel = [window[0], window[1]]
    stride = [window[2], window[3]]
    padding = [window[4], window[5]]
    values, indices = torch.max_pool2d_with_indices(image, kernel, stride, padding, [1, 1], ceil)
    top = torch.max(values)
    if bool(torch.ne(top, top)):
      # ATen takes the last NaN under a window; the first is where a mask of them is greatest.
      mask = torch.to(torch.ne(image, image), ops.prim.dtype(x))
      _0, first = torch.max_pool2d_with_indices(mask, kernel, stride, padding, [1, 1], ceil)
      indices = torch.where(torch.ne(values, values), first, indices)
    return (values, indices)

  # ATen doesn't check the indices before it writes to where they point.
  def max_pool2d_grad(self, g: Tensor, indices: Tensor, shape: List[int], window: List[int], ceil: bool, layout: int) -> Tensor:
    low, high = torch.aminmax(indices)
    size = shape[2] * shape[3]
    if int(low) < 0 or int(high) >= size:
      ops.prim.RaiseException(torch.format("max pooling index out of bounds: from {} to {} in a plane of {}", int(low), int(high), size))
    x = self.empty_image(g, shape, layout)
    return torch.max_pool2d_with_indices_backward(self.laid_out(g, layout), x, [window[0], window[1]], [window[2], window[3]], [window[4], window[5]], [1, 1], ceil, self.laid_out(indices, layout))

  # ---- layers -----------------------------------------------------------------------------------

  def matmul(self, a: Tensor, b: Tensor) -> Tensor:
    return torch.matmul(a, b)

  def linear(self, x: Tensor, w: Tensor, b: Tensor, relu: bool) -> Tensor:
    y = torch.addmm(b, x, torch.t(w))
    if relu:
      return torch.relu_(y)
    return y

  def softmax_cross_entropy(self, x: Tensor, labels: Tensor, smoothing: float) -> Tensor:
    log_p = torch.log_softmax(self.full_precision(x), 1)
    right = torch.squeeze(torch.gather(log_p, 1, torch.unsqueeze(labels, 1)), 1)
    if smoothing == 0.:
      return torch.neg(right)
    spread = torch.mul(torch.sum(log_p, [1]), smoothing / torch.size(x, 1))
    return torch.sub(torch.mul(right, smoothing - 1.), spread)

  def softmax_cross_entropy_grad(self, g: Tensor, x: Tensor, labels: Tensor, smoothing: float) -> Tensor:
    p = torch.softmax(self.full_precision(x), 1)
    right = torch.unsqueeze(labels, 1)
    _0 = torch.scatter_add_(p, 1, right, torch.new_full(p, torch.size(right), smoothing - 1.))
    if smoothing != 0.:
      _1 = torch.sub_(p, smoothing / torch.size(x, 1))
    return torch.mul_(p, torch.unsqueeze(g, 1))

  # ---- batch normalisation ----------------------------------------------------------------------

  # The running statistics only give their type to the result: float32 for bfloat16 images too. Those
  # of float64 (dtype 7) are summed in no higher precision: var_mean is exact where all are equal.
  def batch_norm(self, x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float) -> Tuple[Tensor, Tensor, Tensor]:
    mean, variance = torch.batch_norm_update_stats(x, torch.zeros_like(gamma), torch.zeros_like(gamma), 0.)
    if ops.prim.dtype(x) == 7:
      variance, mean = torch.var_mean(x, [0, 2, 3], False, False)
    y, _0, _1 = torch.native_batch_norm(x, gamma, beta, mean, variance, False, 0., epsilon)
    return (y, mean, variance)

  def batch_norm_inference(self, x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor, epsilon: float, relu: bool) -> Tensor:
    y, _0, _1 = torch.native_batch_norm(x, gamma, beta, mean, variance, False, 0., epsilon)
    if relu:
      return torch.relu_(y)
    return y

  def batch_norm_grad(self, g: Tensor, x: Tensor, gamma: Tensor, mean: Tensor, variance: Tensor, epsilon: float) -> Tuple[Tensor, Tensor, Tensor]:
    scale = torch.rsqrt(torch.add(variance, epsilon))
    return torch.native_batch_norm_backward(self.laid_out_like(g, x), x, gamma, None, None, mean, scale, True, epsilon, [True, True, True])
