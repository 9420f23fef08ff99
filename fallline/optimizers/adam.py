"""Adam and its relatives: momentum divided by the typical size of the gradients."""

from collections.abc import Mapping

from fallline.hyperparameters import Decay, Factor, Param, Rate, Tiny
from fallline.optimizers.optimizer import Equal, Form, Optimizer, StepLength

BETA1 = Decay(0.9, "How much of the average of gradients is kept; 0.9 remembers about 10 of them.")
BETA2 = Decay(0.999, "How much of the average of squared gradients is kept; 0.999 remembers about 1,000 of them.")
EPS = Tiny(1e-8)

TO_SLIDE = {"learning_rate": "learning_rate*(1 - beta1)/sqrt(1 - beta2)", "eps": "eps/sqrt(1 - beta2)"}
FROM_SLIDE = {"learning_rate": "learning_rate*sqrt(1 - beta2)/(1 - beta1)", "eps": "eps*sqrt(1 - beta2)"}


def _params(rate: float, **more: Param) -> Mapping[str, Param]:
    """Adam's hyperparameters with those in `more`, which may be others of the same names."""
    return {"learning_rate": Rate(rate), "beta1": BETA1, "beta2": BETA2, "eps": EPS, **more}


ADAM = (
    Optimizer(
        name="adam",
        label="Adam",
        family="adaptive",
        summary=(
            "Divides the average of the gradients by the root of the average of their squares, both "
            "corrected for starting at 0."
        ),
        intuition=(
            "RMSProp's stride with momentum's direction: as long as the gradients agree, a step is about "
            "the learning rate."
        ),
        rule="""
            m = beta1*m + (1 - beta1)*g
            v = beta2*v + (1 - beta2)*g**2
            m_hat = m / (1 - beta1**t)
            v_hat = v / (1 - beta2**t)
            w = w - lr*m_hat / (sqrt(v_hat) + eps)
        """,
        params=_params(0.001),
        source="Kingma & Ba 2015, Adam: a method for stochastic optimization, Algorithm 1",
        differs=("PyTorch: the same. Optax: the same. Keras: eps 1e-7, added to the root of v before its correction."),
        step_length=StepLength("length"),
        whose="as the paper, PyTorch and Optax",
        forms={
            "uncorrected": Form(
                "Without bias correction",
                """
                    m = beta1*m + (1 - beta1)*g
                    v = beta2*v + (1 - beta2)*g**2
                    w = w - lr*m / (sqrt(v) + eps)
                """,
                "Both averages as they are; v starts far lower than m, so the first steps are too long.",
                equals=(Equal("adam", "slide", TO_SLIDE),),
            ),
            "deck": Form(
                "Uncorrected, eps inside the root",
                """
                    m = beta1*m + (1 - beta1)*g
                    v = beta2*v + (1 - beta2)*g**2
                    w = w - lr*m / sqrt(eps + v)
                """,
                "Both averages as they are and eps inside the root, the way RMSProp is often introduced.",
                whose="as the deck introduces it",
            ),
            "slide": Form(
                "Corrected without the power",
                """
                    m = beta1*m + (1 - beta1)*g
                    v = beta2*v + (1 - beta2)*g**2
                    m_hat = m / (1 - beta1)
                    v_hat = v / (1 - beta2)
                    w = w - lr*m_hat / (sqrt(v_hat) + eps)
                """,
                "Without the power t: right at step 1, then up to twice too long, later 3 times too short.",
                equals=(Equal("adam", "uncorrected", FROM_SLIDE),),
                whose="as the deck corrects it",
            ),
        },
    ),
    Optimizer(
        name="amsgrad",
        label="AMSGrad",
        family="adaptive",
        summary="Adam that divides by the largest average of squared gradients so far, which never falls again.",
        intuition="Adam that remembers the steepest place it has been to and keeps its distance ever after.",
        rule="""
            m = beta1*m + (1 - beta1)*g
            v = beta2*v + (1 - beta2)*g**2
            v_max = max(v_max, v)
            m_hat = m / (1 - beta1**t)
            v_hat = v_max / (1 - beta2**t)
            w = w - lr*m_hat / (sqrt(v_hat) + eps)
        """,
        params=_params(0.001),
        source=("Reddi, Kale & Kumar 2018, On the convergence of Adam and beyond, Algorithm 2, with Adam's correction"),
        differs=(
            "PyTorch: Adam(amsgrad=True), the same. Keras: Adam(amsgrad=True), eps 1e-7 before the "
            "correction. Optax: the largest of the corrected averages. The paper: no correction. In these two no "
            "rate rises again; here it still does while the correction 1 - beta2**t grows."
        ),
        step_length=StepLength("length"),
    ),
    Optimizer(
        name="adamax",
        label="AdaMax",
        family="adaptive",
        summary="Adam that divides by the largest recent gradient instead of a root mean square.",
        intuition="The steepest place of late sets the stride, and fades by a thousandth at each step.",
        rule="""
            m = beta1*m + (1 - beta1)*g
            u = max(beta2*u, abs(g) + eps)
            m_hat = m / (1 - beta1**t)
            w = w - lr*m_hat / u
        """,
        params=_params(0.002),
        source="Kingma & Ba 2015, Adam: a method for stochastic optimization, Algorithm 2, with eps",
        differs=(
            "PyTorch: the same. Optax: the same. Keras: rate 0.001, eps 1e-7 added to u in the division. The "
            "paper: no eps."
        ),
        step_length=StepLength("length", 2),
    ),
    Optimizer(
        name="nadam",
        label="NAdam",
        family="adaptive",
        summary="Adam with Nesterov's look ahead, and a momentum that grows slowly from half of beta1.",
        intuition="Adam that counts the newest gradient twice, and so turns a little earlier.",
        rule="""
            mu = beta1*(1 - 0.5*0.96**(t*momentum_decay))
            mu_next = beta1*(1 - 0.5*0.96**((t + 1)*momentum_decay))
            mu_product = mu_product*mu
            m = beta1*m + (1 - beta1)*g
            v = beta2*v + (1 - beta2)*g**2
            m_hat = mu_next*m/(1 - mu_product*mu_next) + (1 - mu)*g/(1 - mu_product)
            v_hat = v / (1 - beta2**t)
            w = w - lr*m_hat / (sqrt(v_hat) + eps)
        """,
        params=_params(
            0.002,
            momentum_decay=Factor(0.004, "How soon the momentum reaches beta1: it starts at about half of it."),
        ),
        initial={"mu_product": "1"},
        source=("Dozat 2016, Incorporating Nesterov momentum into Adam, Algorithm 2, with its schedule of momentum"),
        differs=(
            "PyTorch: the same. Keras: momentum_decay 1, rate 0.001, eps 1e-7. Optax: no schedule, momentum "
            "beta1 throughout. Dozat multiplies v_hat by beta2 as well, which all three leave out."
        ),
        step_length=StepLength("length"),
    ),
    Optimizer(
        name="radam",
        label="RAdam",
        family="adaptive",
        summary=(
            "Adam that goes by momentum alone until its average of squared gradients can be trusted, then phases it in."
        ),
        intuition="Who has seen only five gradients should not divide by their size yet.",
        rule="""
            m = beta1*m + (1 - beta1)*g
            v = beta2*v + (1 - beta2)*g**2
            m_hat = m / (1 - beta1**t)
            rho_inf = 2/(1 - beta2) - 1
            rho = rho_inf - 2*t*beta2**t / (1 - beta2**t)
            r = where(rho > 5, sqrt((rho - 4)*(rho - 2)*rho_inf / ((rho_inf - 4)*(rho_inf - 2)*rho)), 0)
            w = w - lr*where(rho > 5, r*m_hat*sqrt(1 - beta2**t) / (sqrt(v) + eps), m_hat)
        """,
        params=_params(0.001),
        source=(
            "Liu, Jiang, He, Chen, Liu, Gao & Han 2020, On the variance of the adaptive learning rate and "
            "beyond, Algorithm 2"
        ),
        differs=(
            "PyTorch: the same. Optax: eps is added after the correction of v. The paper: from rho > 4. Keras has none."
        ),
        step_length=StepLength("both"),
    ),
    Optimizer(
        name="adamw",
        label="AdamW",
        family="adaptive",
        summary="Adam that also shrinks every parameter a little at each step, apart from the gradient.",
        intuition=(
            "A rubber band pulls every weight towards 0, equally hard however steep it is; here it holds "
            "the path short of the minimum for a long time."
        ),
        rule="""
            w = w - lr*weight_decay*w
            m = beta1*m + (1 - beta1)*g
            v = beta2*v + (1 - beta2)*g**2
            m_hat = m / (1 - beta1**t)
            v_hat = v / (1 - beta2**t)
            w = w - lr*m_hat / (sqrt(v_hat) + eps)
        """,
        params=_params(0.001, weight_decay=Factor(0.01, "How strongly each parameter is pulled towards 0.", max=0.5)),
        source="Loshchilov & Hutter 2019, Decoupled weight decay regularization, Algorithm 2",
        differs=(
            "PyTorch: the same. Keras: weight_decay 0.004, eps 1e-7 before the correction. Optax: weight_decay 0.0001. "
            "The paper's decay is not multiplied by the learning rate, only by its schedule."
        ),
        step_length=StepLength("length", most=50),
        whose="as PyTorch",
        forms={
            "l2": Form(
                "Decay in the gradient (L2)",
                """
                    d = g + weight_decay*w
                    m = beta1*m + (1 - beta1)*d
                    v = beta2*v + (1 - beta2)*d**2
                    m_hat = m / (1 - beta1**t)
                    v_hat = v / (1 - beta2**t)
                    w = w - lr*m_hat / (sqrt(v_hat) + eps)
                """,
                "The pull towards 0 goes through the averages and is divided by v like any gradient: Adam with L2.",
                whose="as PyTorch’s Adam with weight_decay",
            ),
        },
    ),
    Optimizer(
        name="adan",
        label="Adan",
        family="adaptive",
        summary=(
            "Averages the gradients, their changes and their squares, and steps as if the latest change "
            "would come once more."
        ),
        intuition="Adam with an eye on how the gradient is changing, so that it turns before it has gone too far.",
        rule="""
            d = where(t > 1, g - g_last, 0)
            m = where(t > 1, beta1*m + (1 - beta1)*g, g)
            v = where(t > 2, beta2*v + (1 - beta2)*d, d)
            n = where(t > 1, beta3*n + (1 - beta3)*(g + beta2*d)**2, g**2)
            w = w - lr*(m + beta2*v) / sqrt(n + eps)
            w = w / (1 + lr*weight_decay)
            g_last = g
        """,
        params={
            "learning_rate": Rate(0.001),
            "beta1": Decay(0.98, "How much of the average of gradients is kept; 0.98 remembers about 50 of them."),
            "beta2": Decay(0.92, "How much of the average of their changes is kept, and how far ahead it looks."),
            "beta3": Decay(0.99, "How much of the average of squares is kept; 0.99 remembers about 100 of them."),
            "eps": EPS,
            "weight_decay": Factor(0.0, "How strongly each parameter is pulled towards 0.", max=0.5),
        },
        source=(
            "Xie, Zhou, Li, Lin & Yan 2022, Adan: adaptive Nesterov momentum algorithm for faster optimizing "
            "deep models, Algorithm 1, without restarts; its betas are 1 minus these"
        ),
        differs=(
            "The authors' code: the averages start at 0 and are corrected for it, eps outside the root (form "
            "corrected). Optax: likewise, but the change weighed by 1 - beta2 and the decay as in AdamW (form optax). "
            "PyTorch and Keras have none."
        ),
        step_length=StepLength("length", 0.4),
        whose="as the paper",
        forms={
            "corrected": Form(
                "Bias-corrected",
                """
                    d = where(t > 1, g - g_last, 0)
                    m = beta1*m + (1 - beta1)*g
                    v = beta2*v + (1 - beta2)*d
                    n = beta3*n + (1 - beta3)*(g + beta2*d)**2
                    m_hat = m / (1 - beta1**t)
                    v_hat = v / (1 - beta2**t)
                    n_hat = n / (1 - beta3**t)
                    w = w - lr*(m_hat + beta2*v_hat) / (sqrt(n_hat) + eps)
                    w = w / (1 + lr*weight_decay)
                    g_last = g
                """,
                "The averages start at 0 and are divided by what they lack, as Adam's; eps stands outside the root.",
                whose="as the authors’ code",
            ),
            "optax": Form(
                "As Optax writes it",
                """
                    d = where(t > 1, g - g_last, 0)
                    m = beta1*m + (1 - beta1)*g
                    v = beta2*v + (1 - beta2)*d
                    n = beta3*n + (1 - beta3)*(g + (1 - beta2)*d)**2
                    m_hat = m / (1 - beta1**t)
                    v_hat = v / (1 - beta2**t)
                    n_hat = n / (1 - beta3**t)
                    w = w - lr*((m_hat + (1 - beta2)*v_hat) / (sqrt(n_hat + eps) + eps) + weight_decay*w)
                    g_last = g
                """,
                "The change counts 1 - β₂ times, which is 0.08 and not 0.92; eps stands inside the root and outside.",
            ),
        },
    ),
)
